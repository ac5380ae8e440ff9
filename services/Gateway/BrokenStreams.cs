using FoodDelivery.Platform.Hosting.Limits;
using FoodDelivery.Services.Gateway.Routes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Transforms;

namespace FoodDelivery.Services.Gateway;

/// <summary>
/// A stream whose service has died ends with UNAVAILABLE, so that its caller calls again: the proxy would break it off, which callers take for a fault of ours, or for their own
/// cancellation. Over HTTP/1.1 there is nothing but breaking it off.
/// </summary>
internal sealed class BrokenStreams(RequestDelegate next)
{
    private const string Unavailable = "14";

    public Task InvokeAsync(HttpContext context) =>
        ProxyRoutes.Kind(context) is RequestKind.Stream && context.Features.Get<IHttpResetFeature>() is { } reset ? Stream(context, reset) : next(context);

    private async Task Stream(HttpContext context, IHttpResetFeature reset)
    {
        var wish = new ResetWish();
        context.Features.Set<IHttpResetFeature>(wish);
        try
        {
            await next(context);
        }
        finally
        {
            context.Features.Set(reset);
        }

        if (wish.Code is not { } code)
            return;

        if (context.RequestAborted.IsCancellationRequested || !context.Response.SupportsTrailers() || IsWeb(context.Request))
        {
            reset.Reset(code);
            return;
        }

        context.Response.AppendTrailer("grpc-status", Unavailable);
        context.Response.AppendTrailer("grpc-message", "The service behind this gateway has broken off; call again to go on.");
    }

    // gRPC-Web's trailers are in the body, where half a message may stand.
    private static bool IsWeb(HttpRequest request) => request.ContentType?.StartsWith("application/grpc-web", StringComparison.OrdinalIgnoreCase) is true;

    private sealed class ResetWish : IHttpResetFeature
    {
        public int? Code { get; private set; }

        public void Reset(int errorCode) => Code = errorCode;
    }
}

/// <summary>Hands a stream's headers on at once: the proxy would keep them until the first message, and an order may be quiet for long.</summary>
internal static class StreamBeginnings
{
    public static async ValueTask Send(ResponseTransformContext context)
    {
        if (context.ProxyResponse is { IsSuccessStatusCode: true } response
            && ProxyRoutes.Kind(context.HttpContext) is RequestKind.Stream
            && !response.Headers.Contains("grpc-status"))
        {
            await context.HttpContext.Response.Body.FlushAsync(context.HttpContext.RequestAborted);
        }
    }
}
