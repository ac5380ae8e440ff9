using FoodDelivery.Stores.Ports;

namespace FoodDelivery.Stores;

/// <summary>The owner gives the store up.</summary>
/// <param name="Store">Which store.</param>
/// <param name="Revision">The revision that the owner saw; null: whatever it is.</param>
public sealed record CloseStore(StoreId Store, long? Revision = null);

/// <summary>The owner gives the store up, for good; its open tickets go on.</summary>
public sealed class CloseStoreHandler(IStores stores)
{
    /// <summary>The store as it now is.</summary>
    /// <exception cref="ConcurrencyException">The owner named a revision, and it is not the current one.</exception>
    public Task<Result<Store>> Handle(CloseStore command, AccessScope scope, MessageContext context, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        return stores.Update(
            command.Store,
            command.Revision,
            scope,
            static store =>
            {
                store.Close();
                return Unit.Value;
            },
            context,
            cancellation);
    }
}
