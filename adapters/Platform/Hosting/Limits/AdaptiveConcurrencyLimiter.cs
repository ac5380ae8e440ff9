using System.Diagnostics.Metrics;

namespace FoodDelivery.Platform.Hosting.Limits;

/// <summary>
/// How many requests a server has in flight at once. It is raised as long as somebody is refused while nothing queues, and lowered when work queues in the
/// process and requests take clearly longer than usual, both: slow partners alone are no overload, and nor is a busy moment that nobody feels.
/// </summary>
internal sealed class AdaptiveConcurrencyLimiter(AdaptiveConcurrencyOptions options, Func<TimeSpan> queueing, TimeProvider clock)
{
    // Slower than this is more than chance; it is also how far requests may be slowed down before fewer are let in.
    private const double Tolerance = 1.5;
    private const double SteepestCut = 0.7;
    private const double Growth = 0.125;
    private const double Forgetting = 0.05;

    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private long _began = clock.GetTimestamp();
    private double _limit = options.Least;
    private bool _isQueueing;
    private int _inFlight;
    private int _peak;
    private int _refused;
    private double _taken;
    private double _usual;

    /// <summary>How many may be in flight now.</summary>
    public int Limit => (int)Volatile.Read(ref _limit);

    /// <summary>Lets a request in, or not; who was let in must leave.</summary>
    public bool TryEnter()
    {
        lock (_gate)
        {
            Look();
            if (_inFlight >= (int)_limit)
            {
                _refused++;
                return false;
            }

            _peak = Math.Max(_peak, ++_inFlight);
            return true;
        }
    }

    /// <summary>A request has ended after so long, null if it is not known; <paramref name="usual"/> is what its endpoint's requests take.</summary>
    public void Leave(TimeSpan? took, LatencyBaseline usual)
    {
        lock (_gate)
        {
            _inFlight--;
            if (took is not { TotalSeconds: var seconds })
            {
                Look();
                return;
            }

            _taken += seconds;
            _usual += usual.Or(seconds);
            Look();
            if (!_isQueueing)
                usual.Learn(seconds);
        }
    }

    private void Look()
    {
        if (clock.GetElapsedTime(_began) < Window)
            return;

        _isQueueing = queueing() > options.Target;
        var slowdown = _usual > 0 ? _taken / _usual : 1;
        if (_isQueueing && slowdown > Tolerance)
        {
            _limit = Math.Max(options.Least, Math.Min(_limit, _peak) * Math.Max(SteepestCut, Tolerance / slowdown));
        }
        else if (_refused > 0 && !_isQueueing && slowdown <= Tolerance)
        {
            _limit = Math.Min(options.Most, _limit * (1 + Growth));
        }
        else if (_refused == 0 && _peak < _limit / 2)
        {
            // What it could do when it was asked a lot says little once it has not been for a while.
            _limit = Math.Max(options.Least, _limit * (1 - Forgetting));
        }

        (_began, _peak, _refused, _taken, _usual) = (clock.GetTimestamp(), _inFlight, 0, 0, 0);
    }
}

/// <summary>The bounds of the bound.</summary>
/// <param name="Least">So many are in flight whatever happens.</param>
/// <param name="Most">More than these never are.</param>
/// <param name="Target">Work that waits longer than this, even the luckiest, queues.</param>
internal sealed record AdaptiveConcurrencyOptions(int Least, int Most, TimeSpan Target);

/// <summary>
/// How long an endpoint's requests usually take, whatever they wait for outside: learnt while nothing queues here, so that overload does not become usual.
/// </summary>
internal sealed class LatencyBaseline
{
    private const double Weight = 1.0 / 32;

    private double _seconds = double.NaN;

    /// <summary>In seconds; what it is given, as long as nothing is known.</summary>
    public double Or(double seconds)
    {
        var known = Volatile.Read(ref _seconds);
        return double.IsNaN(known) ? seconds : known;
    }

    /// <summary>A request took so many seconds while nothing queued.</summary>
    public void Learn(double seconds)
    {
        // Two that learn at the same time may forget one of the two.
        var known = Volatile.Read(ref _seconds);
        Volatile.Write(ref _seconds, double.IsNaN(known) ? seconds : known + ((seconds - known) * Weight));
    }
}

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
    private readonly Counter<long> _openings;

    public LimitMetrics(IMeterFactory meters)
    {
        _meter = meters.Create("fooddelivery.limits");
        _refusals = _meter.CreateCounter<long>("limits.refusals", description: "Requests refused for being too many.");
        _openings = _meter.CreateCounter<long>("fooddelivery.limits.openings", "{stream}", "Streams that were opened.");
    }

    public void Watch(AdaptiveConcurrencyLimiter bound) =>
        _meter.CreateObservableGauge("fooddelivery.limits.bound", () => bound.Limit, "{request}", "How many requests may be in flight now.");

    public void WatchStreams(Func<int> open) =>
        _meter.CreateObservableGauge("fooddelivery.limits.streams", open, "{stream}", "Streams that are open or wait to be.");

    public void Opened() => _openings.Add(1);

    public void Refused(string limit) => _refusals.Add(1, new KeyValuePair<string, object?>("limit", limit));
}
