namespace FoodDelivery.Stores.Ports;

/// <summary>The stores.</summary>
public interface IStores
{
    /// <summary>The store with that number, or null.</summary>
    Task<Store?> Find(StoreId store, CancellationToken cancellation);

    /// <summary>By number, ascending: those after <paramref name="after"/>, without the first <paramref name="skip"/>, at most <paramref name="limit"/>.</summary>
    Task<IReadOnlyList<Store>> List(StoreId? after, long skip, int limit, CancellationToken cancellation);

    /// <summary>How many there are; counting ends at <paramref name="cap"/>.</summary>
    Task<int> Count(int cap, CancellationToken cancellation);

    /// <summary>The store that was created under that key, or null: the answer to a repeated request.</summary>
    Task<CreatedStore?> CreatedUnder(IdempotencyKey key, CancellationToken cancellation);

    /// <summary>A number that no store has yet; somebody else may take it meanwhile.</summary>
    Task<StoreId> NextNumber(CancellationToken cancellation);

    /// <summary>Saves a store and publishes what it raised, both or neither.</summary>
    /// <exception cref="ConcurrencyException">It was changed since it was loaded, or another has taken its number or its key.</exception>
    Task Save(Store store, MessageContext context, CancellationToken cancellation);
}
