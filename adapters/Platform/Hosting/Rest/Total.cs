namespace FoodDelivery.Platform.Hosting.Rest;

/// <summary>How many elements a collection has. Counting a large one is not worth a scan, so a count may stop somewhere, and then says so.</summary>
/// <param name="Elements">The number counted.</param>
/// <param name="Capped">Whether counting stopped there: there are at least that many.</param>
public readonly record struct Total(long Elements, bool Capped = false)
{
    /// <summary>Where counting should stop: count <c>(select 1 from … limit Cap + 1)</c>.</summary>
    public const int Cap = 10_000;

    /// <summary>Makes a total of a count that was limited to <see cref="Cap"/> + 1.</summary>
    public static Total OfLimited(long counted) => counted > Cap ? new Total(Cap, Capped: true) : new Total(counted);
}
