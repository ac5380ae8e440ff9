using System.Threading.RateLimiting;
using FoodDelivery.Platform.Hosting.Errors;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace FoodDelivery.Platform.Hosting.Limits;

/// <summary>
/// Streams have a bound of their own, since they stay. They are opened in the order in which they came, so many a second, and while other work queues that goes first:
/// those who all come back at once after a restart stand in no order's way. What is over is refused, and who came by a connection of its own has it closed.
/// </summary>
internal sealed class StreamLimit : IDisposable
{
    // Openings a second are so many at once, each for so long at least.
    private const int RoundsPerSecond = 20;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Courtesy = TimeSpan.FromSeconds(5);

    // Who waits for what is not there yet, or says nothing, holds nobody up for longer.
    private static readonly TimeSpan LongestHold = TimeSpan.FromMilliseconds(250);

    private static readonly Error Full = Error.Unavailable(
        "TOO_MANY_STREAMS", "More streams are open here than are allowed; try again.", TimeSpan.FromSeconds(5));

    private static readonly Error Late = Error.Unavailable(
        "TOO_MANY_OPENINGS", "More streams are asked for at the moment than can be opened in time; try again.", TimeSpan.FromSeconds(5));

    private readonly StreamLimitOptions _options;
    private readonly OpenHandles _handles;
    private readonly LimitMetrics _measures;
    private readonly TimeProvider _clock;
    private readonly ConcurrencyLimiter _openings;
    private readonly TimeSpan _atLeast;
    private int _open;
    private int _openOverWeb;

    public StreamLimit(StreamLimitOptions options, OpenHandles handles, LimitMetrics measures, TimeProvider clock)
    {
        (_options, _handles, _measures, _clock) = (options, handles, measures, clock);
        var atOnce = Math.Max(1, options.OpeningsPerSecond / RoundsPerSecond);
        _atLeast = TimeSpan.FromSeconds((double)atOnce / options.OpeningsPerSecond);
        _openings = new ConcurrencyLimiter(new ConcurrencyLimiterOptions
        {
            PermitLimit = atOnce, QueueLimit = options.Streams, QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });
        measures.WatchStreams(() => Volatile.Read(ref _open));
    }

    /// <summary>Serves a request whose answer stays open.</summary>
    public async Task Serve(HttpContext context, RequestDelegate next)
    {
        var isWeb = !HttpProtocol.IsHttp2(context.Request.Protocol);
        var (open, openOverWeb) = (Interlocked.Increment(ref _open), isWeb ? Interlocked.Increment(ref _openOverWeb) : 0);
        try
        {
            var isShort = _handles.AreShort(context.Features);
            if (isShort || open > _options.Streams || openOverWeb > _options.WebStreams)
            {
                if (isShort || isWeb)
                    context.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();

                await Refuse(context, isShort ? "handles" : "streams", Full);
                return;
            }

            await Open(context, next);
        }
        finally
        {
            Interlocked.Decrement(ref _open);
            if (isWeb)
                Interlocked.Decrement(ref _openOverWeb);
        }
    }

    public void Dispose() => _openings.Dispose();

    private async Task Open(HttpContext context, RequestDelegate next)
    {
        if (await Turn(context.RequestAborted) is not { } turn)
        {
            if (!context.RequestAborted.IsCancellationRequested)
                await Refuse(context, "openings", Late);
            return;
        }

        var opening = new Opening(turn, context.Response.Headers, _atLeast, _clock);
        await using var hold = _clock.CreateTimer(
            static opening => ((Opening)opening!).End(TimeSpan.Zero), opening, _atLeast > LongestHold ? _atLeast : LongestHold, Timeout.InfiniteTimeSpan);
        try
        {
            _measures.Opened();

            // From here on it costs nothing but what it is told.
            context.Response.OnStarting(static opening => ((Opening)opening).Answer(), opening);
            await next(context);
        }
        finally
        {
            opening.End(TimeSpan.Zero);
        }
    }

    private async Task<RateLimitLease?> Turn(CancellationToken aborted)
    {
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        wait.CancelAfter(_options.LongestWait);
        RateLimitLease? turn = null;
        try
        {
            turn = await _openings.AcquireAsync(1, wait.Token);
            if (!turn.IsAcquired)
                return null;

            for (var began = _clock.GetTimestamp(); await Queueing() > _options.Target && _clock.GetElapsedTime(began) < Courtesy;)
                await Task.Delay(Pause, _clock, wait.Token);

            return turn;
        }
        catch (OperationCanceledException)
        {
            turn?.Dispose();
            return null;
        }
    }

    // How long a piece of work waits that stands in the thread pool's queue like any other.
    private async Task<TimeSpan> Queueing()
    {
        var sent = _clock.GetTimestamp();
        await Task.Factory.StartNew(static () => { }, CancellationToken.None, TaskCreationOptions.PreferFairness, TaskScheduler.Default);
        return _clock.GetElapsedTime(sent);
    }

    private Task Refuse(HttpContext context, string limit, Error why)
    {
        _measures.Refused(limit);
        return context.Refuse(why);
    }

    /// <summary>
    /// An opening's place among those that are under way: given back once, when the answer has begun, and not before its time unless that is a refusal; strangers who
    /// are refused hold nobody up.
    /// </summary>
    private sealed class Opening(RateLimitLease turn, IHeaderDictionary answer, TimeSpan atLeast, TimeProvider clock)
    {
        private readonly long _began = clock.GetTimestamp();
        private bool _ended;

        public Task Answer()
        {
            End(answer.GrpcStatus.Count > 0 ? TimeSpan.Zero : atLeast - clock.GetElapsedTime(_began));
            return Task.CompletedTask;
        }

        public void End(TimeSpan rest)
        {
            if (!Interlocked.Exchange(ref _ended, true))
                _ = Release(rest);
        }

        private async Task Release(TimeSpan rest)
        {
            if (rest > TimeSpan.Zero)
                await Task.Delay(rest, clock);

            turn.Dispose();
        }
    }
}
