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

    /// <summary>Adds a store, unless there is one of that number.</summary>
    Task Add(Store store, CancellationToken cancellation);
}
