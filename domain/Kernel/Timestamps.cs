namespace FoodDelivery.Kernel;

/// <summary>Times as they are stored: to the millisecond, so that what is answered at once and what is read from the database later are the same.</summary>
public static class Timestamps
{
    /// <summary>The time, to the millisecond.</summary>
    public static DateTimeOffset TruncateToMilliseconds(this DateTimeOffset time) => DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());
}
