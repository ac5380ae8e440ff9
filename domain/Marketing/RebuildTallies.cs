using FoodDelivery.Marketing.Ports;

namespace FoodDelivery.Marketing;

/// <summary>Counts anew, from everything that has happened, while the present counts serve.</summary>
public sealed record RebuildTallies;

/// <summary>Counts that are being built while older ones serve.</summary>
/// <param name="Generation">Their number; the first counts of all have 1.</param>
/// <param name="StartedAt">When it was begun.</param>
public sealed record TallyRebuild(long Generation, DateTimeOffset StartedAt);

/// <summary>Rebuilds the counts in two steps, of which a crash can only repeat the second.</summary>
/// <param name="tallies">The counts; while some are being built, orders go to them and to those that serve.</param>
/// <param name="history">What has happened.</param>
/// <param name="halfLife">How fast orders lose weight from now on.</param>
/// <param name="clock">The clock.</param>
public sealed class RebuildTalliesHandler(ITallies tallies, IOrderHistory history, TimeSpan halfLife, TimeProvider clock)
{
    /// <summary>Begins a rebuild; one that has begun already is the answer, and goes on.</summary>
    public async Task<Result<TallyRebuild>> Handle(RebuildTallies command, MessageContext context, CancellationToken cancellation) =>
        await tallies.BeginRebuild(clock.GetUtcNow(), cancellation);

    /// <summary>The rebuild that is going on; null if there is none.</summary>
    public Task<TallyRebuild?> Current(CancellationToken cancellation) => tallies.CurrentRebuild(cancellation);

    /// <summary>Whether a rebuild was begun and is not complete; begins one where the counts are weighed otherwise than they should be.</summary>
    public async Task<bool> IsUnderWay(CancellationToken cancellation)
    {
        if (await tallies.CurrentRebuild(cancellation) is not null)
            return true;
        var now = clock.GetUtcNow();
        if (await tallies.ServingDecay(cancellation) is not { } decay || (decay.HalfLife == halfLife && !decay.IsWornOut(now)))
            return false;
        await tallies.BeginRebuild(now, cancellation);
        return true;
    }

    /// <summary>Carries on with a rebuild that was begun, here or by a process that has died; false if there is none.</summary>
    public async Task<bool> Continue(CancellationToken cancellation)
    {
        if (await tallies.CurrentRebuild(cancellation) is not { } rebuild)
            return false;
        await history.Replay(cancellation);
        await tallies.CompleteRebuild(rebuild, cancellation);
        return true;
    }
}
