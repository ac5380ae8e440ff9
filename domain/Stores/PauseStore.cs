using FoodDelivery.Stores.Ports;

namespace FoodDelivery.Stores;

/// <summary>The owner takes no orders for a while.</summary>
/// <param name="Store">Which store.</param>
/// <param name="Until">Until when; null: until it is resumed.</param>
/// <param name="Revision">The revision that the owner saw; null: whatever it is.</param>
public sealed record PauseStore(StoreId Store, DateTimeOffset? Until, long? Revision = null);

/// <summary>The owner takes no orders for a while; what was ordered goes on.</summary>
public sealed class PauseStoreHandler(IStores stores, TimeProvider clock)
{
    /// <summary>The store as it now is, or why it cannot be paused so.</summary>
    /// <exception cref="ConcurrencyException">The owner named a revision, and it is not the current one.</exception>
    public Task<Result<Store>> Handle(PauseStore command, AccessScope scope, MessageContext context, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        return stores.Update(command.Store, command.Revision, scope, store => store.Halt(command.Until, clock.GetUtcNow()), context, cancellation);
    }
}
