using FoodDelivery.Marketing.Ports;

namespace FoodDelivery.Marketing;

/// <summary>Counts anew, from everything that has happened, while the present counts serve.</summary>
/// <param name="tallies">The counts; while some are being built, orders go to them and to those that serve.</param>
/// <param name="history">What has happened.</param>
/// <param name="halfLife">How fast orders lose weight from now on.</param>
/// <param name="clock">The clock.</param>
public sealed class RebuildTalliesHandler(ITallies tallies, IOrderHistory history, TimeSpan halfLife, TimeProvider clock) : RebuildHandler(tallies, clock)
{
    private readonly ITallies _tallies = tallies;
    private readonly TimeProvider _clock = clock;

    /// <summary>Whether a rebuild was begun and is not complete; begins one where the counts are weighed otherwise than they should be.</summary>
    public override async Task<bool> IsUnderWay(CancellationToken cancellation)
    {
        if (await base.IsUnderWay(cancellation))
            return true;
        if (await _tallies.ServingDecay(cancellation) is not { } decay || (decay.HalfLife == halfLife && !decay.IsWornOut(_clock.GetUtcNow())))
            return false;
        await Begin(cancellation);
        return true;
    }

    /// <inheritdoc/>
    protected override Task Replay(CancellationToken cancellation) => history.Replay(cancellation);
}
