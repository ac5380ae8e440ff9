using FoodDelivery.Kernel;
using FoodDelivery.Stores;
using FoodDelivery.Stores.Ports;

namespace FoodDelivery.Tests.Domain.Stores;

internal sealed class InMemoryStores : IStores
{
    private readonly SortedDictionary<long, Store> _stores = [];

    public List<IDomainEvent> Published { get; } = [];

    public Task<Store?> Find(StoreId store, CancellationToken cancellation) => Task.FromResult(
        _stores.GetValueOrDefault(store.Value) is { } saved ? Store.Restore(saved.Id, saved.Profile, saved.Pause, saved.IsClosed, saved.Version) : null);

    public Task<IReadOnlyList<Store>> List(StoreId? after, long skip, int limit, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<Store>>([.. _stores.Values.Where(store => store.Id.Value > (after?.Value ?? 0)).Skip((int)skip).Take(limit)]);

    public Task<int> Count(int cap, CancellationToken cancellation) => Task.FromResult(Math.Min(cap, _stores.Count));

    public Task<CreatedStore?> CreatedUnder(IdempotencyKey key, CancellationToken cancellation) => Task.FromResult(
        _stores.Values.Where(store => store.CreatedUnder?.Key == key).Select(static store => new CreatedStore(store, store.CreatedUnder!.Fingerprint)).SingleOrDefault());

    public Task<StoreId> NextNumber(CancellationToken cancellation) => Task.FromResult(new StoreId(_stores.Keys.LastOrDefault() + 1));

    public Task Save(Store store, MessageContext context, CancellationToken cancellation)
    {
        if ((_stores.GetValueOrDefault(store.Id.Value)?.Version ?? 0) != store.LoadedVersion)
            throw new ConcurrencyException();

        _stores[store.Id.Value] = store;
        Published.AddRange(store.Raised);
        return Task.CompletedTask;
    }

    public void Put(Store store) => _stores[store.Id.Value] = store;
}
