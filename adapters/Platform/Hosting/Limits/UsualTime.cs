namespace FoodDelivery.Platform.Hosting.Limits;

/// <summary>
/// How long an endpoint's requests usually take, whatever they wait for outside: learnt while nothing queues here, so that overload does not become usual.
/// </summary>
internal sealed class UsualTime
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
