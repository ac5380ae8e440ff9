using System.Buffers;
using System.Net;
using FoodDelivery.Tests.Bench.Protos;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Tests.Bench;

/// <summary>
/// What the gRPC runtime costs: the same bytes from the same client, once to a gRPC method and once to a bare Kestrel endpoint that
/// sends them back, in turn, over HTTP/2 without TLS.
/// </summary>
internal static class EchoBench
{
    private const int Users = 64;
    private const string BarePath = "/bare";
    private const string GrpcPath = "/fooddelivery.bench.v1.EchoService/Echo";

    public static async Task Run(Extent extent)
    {
        await using var server = await StartServer();
        var address = new Uri(server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        using var client = Frames.Client();
        var body = Frames.Of(new EchoRequest { Text = "One order of fried chicken, please. 치킨 하나 주세요." });
        var (rounds, length) = (extent.Rounds, extent.Turn);

        var (bare, grpc) = (new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            bare.Add((await Load.Run(Users, length, (_, cancellation) => Frames.Post(client, new Uri(address, BarePath), body, body.Length, cancellation))).Rate);
            grpc.Add((await Load.Run(Users, length, (_, cancellation) => Frames.Post(client, new Uri(address, GrpcPath), body, body.Length, cancellation))).Rate);
        }

        Figures.Print("grpc_echo_per_s", grpc.Median(), $"unary echo, {Users} users, client in the same process");
        Figures.Print("bare_echo_per_s", bare.Median(), "the same bytes to a bare Kestrel endpoint");
        Figures.Print("grpc_echo_ratio", grpc.Zip(bare, static (ours, floor) => ours / floor).Median(), "gRPC / bare, median over the rounds");
    }

    private static async Task<WebApplication> StartServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0, static port => port.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        var app = builder.Build();
        app.MapGrpcService<EchoGrpcService>();
        app.MapPost(BarePath, (RequestDelegate)SendBack);
        await app.StartAsync();
        return app;
    }

    private static async Task SendBack(HttpContext context)
    {
        context.Response.ContentType = "application/grpc";
        while (true)
        {
            var read = await context.Request.BodyReader.ReadAsync(context.RequestAborted);
            foreach (var segment in read.Buffer)
                context.Response.BodyWriter.Write(segment.Span);

            context.Request.BodyReader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                return;
        }
    }

    private sealed class EchoGrpcService : EchoService.EchoServiceBase
    {
        public override Task<EchoResponse> Echo(EchoRequest request, ServerCallContext context) =>
            Task.FromResult(new EchoResponse { Text = request.Text });
    }
}
