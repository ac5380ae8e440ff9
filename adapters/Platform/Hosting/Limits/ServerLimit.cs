using System.Runtime.CompilerServices;
using System.Threading.RateLimiting;
using FoodDelivery.Platform.Hosting.Errors;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.RateLimiting;

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
    private readonly StreamLimit _streams;

    public ServerLimit(RequestDelegate next, ServerLimitOptions options, StreamLimit streams, LimitMetrics measures, TimeProvider clock)
    {
        (_next, _options, _streams, _measures, _time) = (next, options, streams, measures, clock);
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
        if (context.GetEndpoint() is not { } endpoint || endpoint.Metadata.GetMetadata<DisableRateLimitingAttribute>() is not null)
            return _next(context);

        if (IsStream(endpoint, context.Request))
            return _streams.Serve(context, _next);

        if (endpoint.Metadata.GetMetadata<SkipAdmissionControl>() is not null)
            return Work(context, new Place(null, null, _time));

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
        return _bound.TryEnter() ? Work(context, new Place(_bound, _usual.GetOrCreateValue(endpoint), _time)) : Refuse(context);
    }

    private async Task Work(HttpContext context, Place place)
    {
        var aborted = context.RequestAborted;
        try
        {
            if (!await place.Take(_limiter, _options.LongestWait, aborted))
            {
                await Refuse(context);
                return;
            }

            // Whoever hangs up is in nobody's way any more, also where the work is seen through: a payment is, within its time-out.
            await using var hangUp = aborted.UnsafeRegister(static place => ((Place)place!).Leave(isAnswered: false), place);
            await _next(context);
        }
        finally
        {
            place.Leave(isAnswered: true);
        }
    }

    private Task Refuse(HttpContext context)
    {
        _measures.Refused("server");
        return context.Refuse(Overloaded);
    }

    /// <summary>A request's place among those in flight, unless it is let in anyhow, and among those worked on; given back once.</summary>
    private sealed class Place(AdaptiveConcurrencyLimiter? bound, LatencyBaseline? usual, TimeProvider clock)
    {
        private readonly long _began = clock.GetTimestamp();
        private RateLimitLease? _lease;
        private bool _left;

        /// <summary>Waits for its turn, but not longer than this; false if it does not come.</summary>
        public async ValueTask<bool> Take(ConcurrencyLimiter limiter, TimeSpan longestWait, CancellationToken aborted)
        {
            _lease = limiter.AttemptAcquire();
            if (_lease.IsAcquired)
                return true;

            using var wait = CancellationTokenSource.CreateLinkedTokenSource(aborted);
            wait.CancelAfter(longestWait);
            try
            {
                _lease = await limiter.AcquireAsync(1, wait.Token);
                return _lease.IsAcquired;
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        }

        /// <summary>Gives it back; what the request took is learnt from only if it was seen to its end.</summary>
        public void Leave(bool isAnswered)
        {
            if (Interlocked.Exchange(ref _left, true))
                return;

            _lease?.Dispose();
            bound?.Leave(isAnswered ? clock.GetElapsedTime(_began) : null, usual!);
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
