namespace FoodDelivery.Kernel;

/// <summary>A rebuild that has begun and is not complete.</summary>
/// <param name="Generation">Which one it is; it grows with each. What served first of all has 1.</param>
/// <param name="StartedAt">When it was begun.</param>
public sealed record RebuildUnderWay(long Generation, DateTimeOffset StartedAt);

/// <summary>The store of something that can be rebuilt while what there is serves.</summary>
public interface IRebuildable
{
    /// <summary>Begins a rebuild, unless one is going on; that one is the answer. From now on changes go to both.</summary>
    Task<RebuildUnderWay> BeginRebuild(DateTimeOffset now, CancellationToken cancellation);

    /// <summary>The rebuild that is going on; null if there is none.</summary>
    Task<RebuildUnderWay?> CurrentRebuild(CancellationToken cancellation);

    /// <summary>Lets what was rebuilt serve from now on and drops what it replaces; without effect if that has happened already.</summary>
    Task CompleteRebuild(RebuildUnderWay rebuild, CancellationToken cancellation);
}

/// <summary>Rebuilds something from everything that has happened, at an operator's command, in two steps, of which a crash can only repeat the second.</summary>
/// <param name="store">What is rebuilt.</param>
/// <param name="clock">When it was begun.</param>
public abstract class RebuildHandler(IRebuildable store, TimeProvider clock)
{
    /// <summary>Begins a rebuild; one that has begun already is the answer, and goes on.</summary>
    public Task<RebuildUnderWay> Begin(CancellationToken cancellation) => store.BeginRebuild(clock.GetUtcNow(), cancellation);

    /// <summary>The rebuild that is going on; null if there is none.</summary>
    public Task<RebuildUnderWay?> Current(CancellationToken cancellation) => store.CurrentRebuild(cancellation);

    /// <summary>Whether a rebuild was begun and is not complete.</summary>
    public virtual async Task<bool> IsUnderWay(CancellationToken cancellation) => await Current(cancellation) is not null;

    /// <summary>Carries on with a rebuild that was begun, here or by a process that has died; false if there is none.</summary>
    public async Task<bool> Continue(CancellationToken cancellation)
    {
        if (await Current(cancellation) is not { } rebuild)
            return false;

        await Replay(cancellation);
        await store.CompleteRebuild(rebuild, cancellation);
        return true;
    }

    /// <summary>Tells the store everything that has happened.</summary>
    protected abstract Task Replay(CancellationToken cancellation);
}
