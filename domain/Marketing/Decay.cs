namespace FoodDelivery.Marketing;

/// <summary>
/// How much less an older order weighs: half as much for each half-life. Weights are relative to a landmark and grow towards the future
/// instead of shrinking towards the past ("forward decay", Cormode et al., ICDE 2009): sums need no touching as time goes by, may be built in any order,
/// and compare as if all had been decayed to the same moment.
/// </summary>
/// <param name="Landmark">An order of this moment weighs 1.</param>
/// <param name="HalfLife">Positive.</param>
public sealed record Decay(DateTimeOffset Landmark, TimeSpan HalfLife)
{
    // A double ends at 2^1023; sums of many orders need some of it.
    private const double MostHalfLives = 500;

    /// <summary>What an order of that moment weighs.</summary>
    public double Weight(DateTimeOffset placedAt) => Math.Pow(2, (placedAt - Landmark) / HalfLife);

    /// <summary>Whether the landmark is so long ago that the weights are soon too large: time to count anew from a later one.</summary>
    public bool IsWornOut(DateTimeOffset now) => (now - Landmark) / HalfLife > MostHalfLives;
}
