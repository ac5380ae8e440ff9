using FoodDelivery.Stores.Ports;

namespace FoodDelivery.Stores;

/// <summary>The owner says something else of a store.</summary>
/// <param name="Store">Which.</param>
/// <param name="Draft">What is said; the rest stays.</param>
/// <param name="Revision">The revision that the owner saw; null: whatever it is.</param>
public sealed record UpdateStore(StoreId Store, StoreDraft Draft, long? Revision = null);

/// <summary>The owner says something else of a store; who owns it an operator says.</summary>
public sealed class UpdateStoreHandler(IStores stores)
{
    /// <summary>The store as it now is, or what is wrong with what was said.</summary>
    /// <exception cref="ConcurrencyException">The owner named a revision, and it is not the current one.</exception>
    public Task<Result<Store>> Handle(UpdateStore command, AccessScope scope, MessageContext context, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        return stores.Update(
            command.Store,
            command.Revision,
            scope,
            store =>
            {
                if (command.Draft.Owner is { } owner && owner.Trim() != store.Profile.Owner && !scope.CoversAll())
                    return new Error(ErrorKind.Forbidden, "NOT_YOURS", "Only an operator names another owner.") { Field = "owner" };

                return command.Draft.Over(store.Profile).IsError(out var fault, out var profile) ? fault : store.Update(profile);
            },
            context,
            cancellation);
    }
}

/// <summary>Load, change, save, and anew if the store was changed meanwhile, unless its owner has decided upon one revision.</summary>
internal static class StoreUpdates
{
    internal static async Task<Result<Store>> Update(
        this IStores stores, StoreId id, long? revision, AccessScope scope, Func<Store, Result<Unit>> change, MessageContext context, CancellationToken cancellation)
    {
        if (scope.ForStore(id.Value).IsError(out var refusal))
            return refusal;

        return revision is null ? await Concurrency.RetryOnConflict(Once) : await Once();

        async Task<Result<Store>> Once()
        {
            if (await stores.Find(id, cancellation) is not { } store)
                return Error.NotFound("store", id);

            if (revision is { } seen && seen != store.Version)
                throw new ConcurrencyException($"Store {id} is at revision {store.Version}, not {seen}.");

            if (change(store).IsError(out var fault))
                return fault;

            if (store.Raised.Count > 0)
                await stores.Save(store, context, cancellation);

            return store;
        }
    }
}
