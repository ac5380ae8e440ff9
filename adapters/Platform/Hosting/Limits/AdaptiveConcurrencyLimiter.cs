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

    /// <summary>A request has ended after so long; <paramref name="usual"/> is what its endpoint's requests take.</summary>
    public void Leave(TimeSpan took, LatencyBaseline usual)
    {
        var seconds = took.TotalSeconds;
        lock (_gate)
        {
            _inFlight--;
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
