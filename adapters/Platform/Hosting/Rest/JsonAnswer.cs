using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace FoodDelivery.Platform.Hosting.Rest;

/// <summary>Sends a body that is complete, so that its length is known.</summary>
internal static class JsonAnswer
{
    public static readonly JsonWriterOptions Manners = new() { Encoder = RestJson.Options.Encoder };

    public static Task Send(HttpContext context, int status, ReadOnlyMemory<byte> body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }
}
