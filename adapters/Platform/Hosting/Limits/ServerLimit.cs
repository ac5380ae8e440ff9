using System.Runtime.CompilerServices;
using System.Threading.RateLimiting;
using FoodDelivery.Platform.Hosting.Errors;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace FoodDelivery.Platform.Hosting.Limits;

/// <summary>
/// A server has as many requests in flight as it finds it can do without making them wait (<see cref="AdaptiveConcurrencyLimiter"/>), and never works on more than a fixed
/// number at once; all others are refused at once, so that what it has accepted is answered as fast as ever.
/// </summary>
internal sealed class ServerLimit : IDisposable
{
    private static readonly Error Overloaded = Error.Unavailable(
        "OVERLOADED", "More is asked at the moment than can be answered in time; nothing was done. Try again.", TimeSpan.FromSeconds(1));

    private readonly RequestDelegate _next;
    private readonly LimitMetrics _measures;
    private readonly ServerLimitOptions _options;
    private readonly ConcurrencyLimiter _limiter;
    private readonly ConditionalWeakTable<Endpoint, LatencyBaseline> _usual = [];
    private readonly TimeProvider _time;
    private readonly QueueingProbe _probe;
    private readonly AdaptiveConcurrencyLimiter _bound;

    public ServerLimit(RequestDelegate next, ServerLimitOptions options, LimitMetrics measures, TimeProvider clock)
    {
        (_next, _options, _measures, _time) = (next, options, measures, clock);
        _probe = new QueueingProbe(clock);
        _bound = new AdaptiveConcurrencyLimiter(options.Adaptive, _probe.Take, clock);
        measures.Watch(_bound);
        _limiter = new ConcurrencyLimiter(new ConcurrencyLimiterOptions
        {
            PermitLimit = options.Concurrency, QueueLimit = options.Queue, QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });
    }

    public Task InvokeAsync(HttpContext context)
    {
        // Probes and pages of our own, which have no limit to themselves, must be answered above all when there is much to do.
        if (context.GetEndpoint() is not { } endpoint || endpoint.Metadata.GetMetadata<DisableRateLimiting>() is not null || IsStream(endpoint, context.Request))
            return _next(context);

        if (endpoint.Metadata.GetMetadata<SkipAdmissionControl>() is not null)
            return Work(context);

        var arrival = RequestBuffering.Of(context);
        return arrival.IsCompletedSuccessfully ? Admit(context, endpoint) : AdmitLater(arrival, context, endpoint);
    }

    public void Dispose() => _limiter.Dispose();

    private static bool IsStream(Endpoint endpoint, HttpRequest request) =>
        endpoint.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method.Type is MethodType.ServerStreaming or MethodType.DuplexStreaming
        || endpoint.Metadata.GetMetadata<IRequestKinds>()?.Of(request) is RequestKind.Stream;

    private async Task AdmitLater(ValueTask arrival, HttpContext context, Endpoint endpoint)
    {
        try
        {
            await arrival;
        }
        catch (Exception gone) when (gone is (IOException and not BadHttpRequestException) or OperationCanceledException)
        {
            // Nobody waits for an answer any more.
            return;
        }

        await Admit(context, endpoint);
    }

    private Task Admit(HttpContext context, Endpoint endpoint)
    {
        _probe.Send();
        return _bound.TryEnter() ? Work(context, endpoint) : Refuse(context);
    }

    private async Task Work(HttpContext context, Endpoint endpoint)
    {
        var began = _time.GetTimestamp();
        try
        {
            await Work(context);
        }
        finally
        {
            _bound.Leave(_time.GetElapsedTime(began), _usual.GetOrCreateValue(endpoint));
        }
    }

    private Task Work(HttpContext context)
    {
        var lease = _limiter.AttemptAcquire();
        return lease.IsAcquired ? Work(context, lease) : Wait(context, lease);
    }

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

        await Refuse(context);
    }

    private Task Refuse(HttpContext context)
    {
        _measures.Refused("server");
        return context.Refuse(Overloaded);
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

/// <summary>
/// Waits until what a caller has to say is here: who opens many requests and says nothing in them gives no work, and must take nobody's place. How slow
/// they may be is the server's limit of data rates.
/// </summary>
internal static class RequestBuffering
{
    // What is larger is worked on while it comes.
    private const long Enough = 32 * 1024;

    public static async ValueTask Of(HttpContext context)
    {
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: true }
            || context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true })
        {
            return;
        }

        var body = context.Request.BodyReader;
        while (true)
        {
            var read = await body.ReadAsync(context.RequestAborted);
            var isEnough = read.IsCompleted || read.Buffer.Length >= Enough;
            body.AdvanceTo(read.Buffer.Start, isEnough ? read.Buffer.Start : read.Buffer.End);
            if (isEnough)
                return;
        }
    }
}
