namespace FoodDelivery.Payments;

/// <summary>Time as precise as it is stored, so that the first answer about a payment and all later ones agree.</summary>
internal static class Moments
{
    /// <summary>The present, in whole milliseconds.</summary>
    public static DateTimeOffset Moment(this TimeProvider clock) => DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
}
