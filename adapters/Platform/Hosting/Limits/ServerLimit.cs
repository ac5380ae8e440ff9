using System.Threading.RateLimiting;
using FoodDelivery.Kernel;
using FoodDelivery.Platform.Hosting.Rejections;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace FoodDelivery.Platform.Hosting.Limits;

/// <summary>
/// A server works on a bounded number of requests at once and lets a bounded number wait for a moment; all others are refused at once, so that what it
/// has accepted is answered as fast as ever.
/// </summary>
internal sealed class ServerLimit : IDisposable
{
    private static readonly Rejection Overloaded = Rejection.Unavailable(
        "OVERLOADED", "More is asked at the moment than can be answered in time; nothing was done. Try again.", TimeSpan.FromSeconds(1));

    private readonly RequestDelegate _next;
    private readonly LimitMeasures _measures;
    private readonly ServerLimitOptions _options;
    private readonly ConcurrencyLimiter _limiter;

    public ServerLimit(RequestDelegate next, ServerLimitOptions options, LimitMeasures measures)
    {
        (_next, _options, _measures) = (next, options, measures);
        _limiter = new ConcurrencyLimiter(new ConcurrencyLimiterOptions
        {
            PermitLimit = options.Concurrency, QueueLimit = options.Queue, QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });
    }

    public Task InvokeAsync(HttpContext context)
    {
        // Probes and pages of our own, which have no limit to themselves, must be answered above all when there is much to do.
        if (context.GetEndpoint() is not { } endpoint || endpoint.Metadata.GetMetadata<Unlimited>() is not null || IsStream(endpoint, context.Request))
        {
            return _next(context);
        }

        var lease = _limiter.AttemptAcquire();
        return lease.IsAcquired ? Work(context, lease) : Wait(context, lease);
    }

    public void Dispose() => _limiter.Dispose();

    private static bool IsStream(Endpoint endpoint, HttpRequest request) =>
        endpoint.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method.Type is MethodType.ServerStreaming or MethodType.DuplexStreaming
        || endpoint.Metadata.GetMetadata<IRequestKinds>()?.Of(request) is RequestKind.Stream;

    private async Task Work(HttpContext context, RateLimitLease lease)
    {
        using (lease)
        {
            await _next(context);
        }
    }

    private async Task Wait(HttpContext context, RateLimitLease refused)
    {
        refused.Dispose();
        using var lease = await Turn(context.RequestAborted);
        if (lease is { IsAcquired: true })
        {
            await _next(context);
            return;
        }

        _measures.Refused("server");
        await context.Refuse(Overloaded);
    }

    private async Task<RateLimitLease?> Turn(CancellationToken aborted)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        bound.CancelAfter(_options.LongestWait);
        try
        {
            return await _limiter.AcquireAsync(1, bound.Token);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }
}
