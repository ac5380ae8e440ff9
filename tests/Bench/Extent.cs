using System.Globalization;

namespace FoodDelivery.Tests.Bench;

/// <summary>How much is measured. The machine's noise comes in seconds, so whatever is compared takes turns.</summary>
/// <param name="Rounds">How often they take turns.</param>
/// <param name="Turn">How long a turn of echoes or reads takes.</param>
/// <param name="Load">How long orders are placed.</param>
/// <param name="WarmUps">How often they are placed first at the most, until they are accepted as fast as they ever will be.</param>
/// <param name="Lags">How many orders are followed to the owner's screen.</param>
/// <param name="Real">The rounds of orders on real servers.</param>
/// <param name="Stored">How many orders are stored for <c>growth_ratio</c>; 0 leaves it out.</param>
internal sealed record Extent(int Rounds, TimeSpan Turn, TimeSpan Load, int WarmUps, int Lags, int Real, int Stored)
{
    private static readonly Extent Smoke = new(1, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(1), 2, 10, 1, 15_000);
    private static readonly Extent Quick = new(11, TimeSpan.FromMilliseconds(400), TimeSpan.FromSeconds(4), 10, 300, 3, 0);
    private static readonly Extent Whole = new(21, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(20), 10, 2000, 9, 2_000_000);

    /// <summary>
    /// As the command line says: <c>--smoke</c> only shows that the bench works, <c>--quick</c> measures roughly, <c>--stored N</c> wants another
    /// number of orders stored.
    /// </summary>
    public static Extent Of(string[] args)
    {
        var extent = args.Contains("--smoke") ? Smoke : args.Contains("--quick") ? Quick : Whole;
        return Array.IndexOf(args, "--stored") is >= 0 and var at && at + 1 < args.Length ? extent with { Stored = int.Parse(args[at + 1], CultureInfo.InvariantCulture) } : extent;
    }
}
