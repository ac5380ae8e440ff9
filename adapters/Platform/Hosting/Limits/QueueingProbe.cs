using System.Diagnostics.Metrics;

namespace FoodDelivery.Platform.Hosting.Limits;

/// <summary>
/// Measures how long work waits in this process before anything is done for it: one piece of work at a time stands in the thread pool's queue like any
/// other. It is sent only when a request comes, so that an idle process stays idle. Waiting for others, a payment's half second, does not count.
/// </summary>
internal sealed class QueueingProbe(TimeProvider clock) : IThreadPoolWorkItem
{
    private const long None = -1;

    private readonly Lock _gate = new();
    private long _sent = None;
    private TimeSpan? _least;

    /// <summary>Sends it, unless it is under way.</summary>
    public void Send()
    {
        lock (_gate)
        {
            if (_sent != None)
                return;

            _sent = clock.GetTimestamp();
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>The shortest wait since this was last asked: what even the luckiest had to wait. Zero if nothing is known.</summary>
    public TimeSpan Take()
    {
        lock (_gate)
        {
            var least = _least ?? (_sent == None ? TimeSpan.Zero : clock.GetElapsedTime(_sent));
            _least = null;
            return least;
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        lock (_gate)
        {
            var waited = clock.GetElapsedTime(_sent);
            _sent = None;
            _least = _least is { } least && least < waited ? least : waited;
        }
    }
}

/// <summary>Counts what is refused for being too much, since a flood must not fill the log as well, and tells how much that is now.</summary>
internal sealed class LimitMetrics
{
    private readonly Meter _meter;
    private readonly Counter<long> _refusals;

    public LimitMetrics(IMeterFactory meters)
    {
        _meter = meters.Create("fooddelivery.limits");
        _refusals = _meter.CreateCounter<long>("limits.refusals", description: "Requests refused for being too many.");
    }

    public void Watch(AdaptiveConcurrencyLimiter bound) =>
        _meter.CreateObservableGauge("fooddelivery.limits.bound", () => bound.Limit, "{request}", "How many requests may be in flight now.");

    public void Refused(string limit) => _refusals.Add(1, new KeyValuePair<string, object?>("limit", limit));
}
