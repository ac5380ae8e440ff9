using FoodDelivery.Kernel;
using FoodDelivery.Platform.Hosting.Errors;
using FoodDelivery.Services.Gateway.Routes;
using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace FoodDelivery.Services.Gateway.Repeating;

/// <summary>
/// Asks another replica where the first one failed: any request of which no byte was sent, since there was no connection; and one that was sent only if
/// it may be made twice and nothing of an answer has arrived.
/// </summary>
internal sealed class Repeating(RequestDelegate next, IDestinationHealthUpdater health)
{
    private const int Tries = 3;

    private static readonly Error Unreachable = Error.Unavailable(
        "SERVICE_UNREACHABLE", "The service behind this gateway cannot be reached; nothing was done. Try again.", TimeSpan.FromSeconds(1));

    public async Task InvokeAsync(HttpContext context)
    {
        var isSafe = SafeCalls.Contains(context.Request);
        using var body = isSafe && !HttpMethods.IsGet(context.Request.Method) ? new RecordedBody(context.Request.Body) : null;
        if (body is not null)
            context.Request.Body = body;

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

            var others = Others(proxy, tried);
            if (tried.Count == Tries || others.Count == 0 || !(isUnsent || (isSafe && IsLost(error) && body?.TryRewind() != false)))
            {
                await Answer(context, isUnsent);
                return;
            }

            proxy.AvailableDestinations = others;
            context.Features.Set<IForwarderErrorFeature>(null);
            context.Response.StatusCode = StatusCodes.Status200OK;
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

    private static Task Answer(HttpContext context, bool isUnsent) => isUnsent ? context.Refuse(Unreachable) : Task.CompletedTask;
}
