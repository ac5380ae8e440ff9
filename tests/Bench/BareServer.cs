using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Tests.Bench;

/// <summary>A process with a bare Kestrel endpoint: it answers as many bytes as it is asked for, and knows nothing.</summary>
internal static class BareServer
{
    public const string Argument = "--bare";

    /// <summary>Serves until its standard input ends; its first line says where.</summary>
    public static async Task Run()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0, static listen => listen.Protocols = HttpProtocols.Http2));
        await using var app = builder.Build();
        app.MapPost("/bytes/{count:int}", (RequestDelegate)Answer);
        await app.StartAsync();
        Console.WriteLine(app.Urls.First());
        await Console.In.ReadToEndAsync();
    }

    private static async Task Answer(HttpContext context)
    {
        var count = int.Parse((string)context.Request.RouteValues["count"]!);
        ReadResult read;
        do
        {
            read = await context.Request.BodyReader.ReadAsync(context.RequestAborted);
            context.Request.BodyReader.AdvanceTo(read.Buffer.End);
        }
        while (!read.IsCompleted);

        context.Response.ContentType = "application/grpc";
        var memory = context.Response.BodyWriter.GetMemory(count);
        memory.Span[..count].Fill((byte)'x');
        context.Response.BodyWriter.Advance(count);
    }
}
