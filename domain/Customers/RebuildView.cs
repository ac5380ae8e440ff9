using FoodDelivery.Customers.Ports;

namespace FoodDelivery.Customers;

/// <summary>Builds the view anew from everything that has happened, while the present one serves.</summary>
/// <param name="statuses">The view's store; while a view is being built, changes go to it and to the one that serves.</param>
/// <param name="history">What has happened.</param>
/// <param name="clock">When it was begun.</param>
public sealed class RebuildViewHandler(IOrderStatuses statuses, IStatusHistory history, TimeProvider clock) : RebuildHandler(statuses, clock)
{
    private readonly IOrderStatuses _statuses = statuses;

    /// <inheritdoc/>
    protected override Task Replay(CancellationToken cancellation) => history.Replay(_statuses.Apply, _statuses.EraseTexts, cancellation);
}
