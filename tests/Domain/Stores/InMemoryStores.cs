using FoodDelivery.Kernel;
using FoodDelivery.Stores;
using FoodDelivery.Stores.Ports;

namespace FoodDelivery.Tests.Domain.Stores;

internal sealed class InMemoryStores : IStores
{
    private readonly SortedDictionary<long, Store> _stores = [];

    public Task<Store?> Find(StoreId store, CancellationToken cancellation) => Task.FromResult(_stores.GetValueOrDefault(store.Value));

    public Task<IReadOnlyList<Store>> List(StoreId? after, long skip, int limit, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<Store>>([.. _stores.Values.Where(store => store.Id.Value > (after?.Value ?? 0)).Skip((int)skip).Take(limit)]);

    public Task<int> Count(int cap, CancellationToken cancellation) => Task.FromResult(Math.Min(cap, _stores.Count));

    public Task Add(Store store, CancellationToken cancellation)
    {
        Put(store);
        return Task.CompletedTask;
    }

    public void Put(Store store) => _stores.TryAdd(store.Id.Value, store);
}
