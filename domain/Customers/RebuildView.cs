using FoodDelivery.Customers.Ports;

namespace FoodDelivery.Customers;

/// <summary>Builds the view anew from everything that has happened, while the present one serves.</summary>
public sealed record RebuildView;

/// <summary>A view that is being built while an older one serves.</summary>
/// <param name="Generation">Its number; the first view of all has 1.</param>
/// <param name="StartedAt">When it was begun.</param>
public sealed record ViewRebuild(long Generation, DateTimeOffset StartedAt);

/// <summary>Builds the view anew in two steps, of which a crash can only repeat the second.</summary>
/// <param name="statuses">The view's store; while a view is being built, changes go to it and to the one that serves.</param>
/// <param name="history">What has happened.</param>
/// <param name="clock">When it was begun.</param>
public sealed class RebuildViewHandler(IOrderStatuses statuses, IStatusHistory history, TimeProvider clock)
{
    /// <summary>Begins a rebuild; one that has begun already is the answer, and goes on.</summary>
    public async Task<Result<ViewRebuild>> Handle(RebuildView command, MessageContext context, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(context);
        return await statuses.BeginRebuild(clock.GetUtcNow(), cancellation);
    }

    /// <summary>The rebuild that is going on; null if there is none.</summary>
    public Task<ViewRebuild?> Current(CancellationToken cancellation) => statuses.CurrentRebuild(cancellation);

    /// <summary>Carries on with a rebuild that was begun, here or by a process that has died; false if there is none.</summary>
    public async Task<bool> Continue(CancellationToken cancellation)
    {
        if (await statuses.CurrentRebuild(cancellation) is not { } rebuild)
            return false;
        await history.Replay(statuses.Apply, statuses.EraseTexts, cancellation);
        await statuses.CompleteRebuild(rebuild, cancellation);
        return true;
    }
}
