namespace FoodDelivery.Kernel;

/// <summary>Times as they are kept: to the millisecond, so that what is told at once and what is told from the store are the same.</summary>
public static class Moments
{
    /// <summary>The time now.</summary>
    public static DateTimeOffset Moment(this TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        return clock.GetUtcNow().ToMoment();
    }

    /// <summary>The time, to the millisecond.</summary>
    public static DateTimeOffset ToMoment(this DateTimeOffset time) => DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());
}
