using System.Buffers;
using FoodDelivery.Kernel;
using FoodDelivery.Platform.Hosting.Errors;
using FoodDelivery.Services.Gateway.Routes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace FoodDelivery.Services.Gateway;

/// <summary>
/// Asks another replica where the first one failed: any request of which no byte was sent, since there was no connection; and one that was sent only if
/// it may be made twice and nothing of an answer has arrived. That one asks the same replica once more where there is no other: a connection that many share
/// can break by the fault of one.
/// </summary>
internal sealed class RequestRetry(RequestDelegate next, IDestinationHealthUpdater health)
{
    private const int Tries = 3;
    private const int LargestBody = 64 * 1024;

    private static readonly Error Unreachable = Error.Unavailable(
        "SERVICE_UNREACHABLE", "The service behind this gateway cannot be reached; nothing was done. Try again.", TimeSpan.FromSeconds(1));

    public async Task InvokeAsync(HttpContext context)
    {
        var isSafe = IsSafe(context.Request);
        var keyed = ProxyRoutes.Keyed(context);
        var isKept = (isSafe || keyed is not null) && await HasSmallBody(context);
        var proxy = context.GetReverseProxyFeature();
        List<DestinationState> tried = [];
        while (true)
        {
            await next(context);
            if (context.GetForwarderErrorFeature() is not { } error || context.Response.HasStarted || context.RequestAborted.IsCancellationRequested)
                return;

            var isUnsent = IsUnsent(error);
            if (proxy.ProxiedDestination is { } failed)
            {
                tried.Add(failed);
                if (isUnsent)
                    health.SetPassive(proxy.Route.Cluster!, failed, DestinationHealth.Unhealthy, ProxyClusters.LeftAlone);
            }

            var isLost = isKept && IsLost(error) && (isSafe || HasKey(keyed, context.Request.Body));
            var others = Others(proxy, tried);
            if (others.Count == 0 && isLost && !isUnsent && tried is [var only])
                others = [only];

            if (tried.Count == Tries || others.Count == 0 || !(isUnsent || isLost))
            {
                await Answer(context, isUnsent);
                return;
            }

            proxy.AvailableDestinations = others;
            context.Features.Set<IForwarderErrorFeature>(null);
            if (context.Request.Body is MemoryStream body)
                body.Position = 0;

            context.Response.StatusCode = StatusCodes.Status200OK;
        }
    }

    // Small bodies are kept for another try; a larger one is handed on as it comes, and once.
    private static async ValueTask<bool> HasSmallBody(HttpContext context)
    {
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: true } || context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true })
            return true;

        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(context.RequestAborted);
            if (read.Buffer.Length > LargestBody)
            {
                reader.AdvanceTo(read.Buffer.Start);
                return false;
            }

            if (read.IsCompleted)
            {
                context.Request.Body = new MemoryStream(read.Buffer.ToArray(), writable: false);
                reader.AdvanceTo(read.Buffer.End);
                return true;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static List<DestinationState> Others(IReverseProxyFeature proxy, List<DestinationState> tried)
    {
        var known = proxy.Route.Cluster!.DestinationsState;
        var others = known.AvailableDestinations.Except(tried).ToList();
        return others.Count > 0 ? others : [.. known.AllDestinations.Except(tried)];
    }

    private static bool IsUnsent(IForwarderErrorFeature error) => error.Error == ForwarderError.NoAvailableDestinations
        || error.Exception is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError };

    private static bool IsLost(IForwarderErrorFeature error) => error.Error is ForwarderError.Request or ForwarderError.RequestBodyDestination;

    // Reads, gRPC methods whose contract says so, and commands under an idempotency key; in gRPC that stands in the message.
    private static bool IsSafe(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        || HttpMethods.IsHead(request.Method)
        || !StringValues.IsNullOrEmpty(request.Headers["Idempotency-Key"])
        || ProxyRoutes.MayRepeat(request.HttpContext);

    // It is read when it matters, which is seldom.
    private static bool HasKey((string Service, string Method)? called, Stream body) =>
        called is (var service, var method) && body is MemoryStream kept && RpcMethods.HasKey(service, method, kept.ToArray());

    private static Task Answer(HttpContext context, bool isUnsent) => isUnsent ? context.Refuse(Unreachable) : Task.CompletedTask;
}
