using FoodDelivery.Stores.Ports;

namespace FoodDelivery.Stores;

/// <summary>The owner takes orders again.</summary>
/// <param name="Store">Which store.</param>
/// <param name="Revision">The revision that the owner saw; null: whatever it is.</param>
public sealed record ResumeStore(StoreId Store, long? Revision = null);

/// <summary>The owner takes orders again, before the pause ends by itself.</summary>
public sealed class ResumeStoreHandler(IStores stores)
{
    /// <summary>The store as it now is, or why it cannot be resumed.</summary>
    /// <exception cref="ConcurrencyException">The owner named a revision, and it is not the current one.</exception>
    public Task<Result<Store>> Handle(ResumeStore command, AccessScope scope, MessageContext context, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        return stores.Update(command.Store, command.Revision, scope, static store => store.Resume(), context, cancellation);
    }
}
