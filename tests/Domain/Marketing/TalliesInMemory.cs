using FoodDelivery.Kernel;
using FoodDelivery.Marketing;
using FoodDelivery.Marketing.Ports;

namespace FoodDelivery.Tests.Domain.Marketing;

/// <summary>The counts in memory, with their generations, and what they say.</summary>
internal sealed class TalliesInMemory(Decay decay, IEnumerable<MenuDish> menu) : ITallies, IEvidence
{
    private readonly Dictionary<DishId, MenuDish> _menu = menu.ToDictionary(static dish => dish.Id);
    private CountsInMemory? _building;

    public CountsInMemory Serving { get; private set; } = new(1);

    public Task<IReadOnlyList<TallySheet>> Load(OrderId order, string? customer, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<TallySheet>>([.. Generations.Select(counts => counts.Sheet(order, customer, decay))]);

    public Task Save(TallyEntry entry, CancellationToken cancellation)
    {
        Generations.Single(counts => counts.Generation == entry.Generation).Enter(entry);
        return Task.CompletedTask;
    }

    public Task<Evidence> About(string customer, int popular, CancellationToken cancellation)
    {
        var favourites = Serving.Tastes.GetValueOrDefault(customer, Taste.Unknown).Favourites.Take(IEvidence.MaxOwn).ToList();
        var pairs = favourites.Take(IEvidence.MaxSeeds).SelectMany(seed => Serving.Pairs.GetValueOrDefault(seed.Dish, [])
            .Where(pair => _menu.TryGetValue(pair.Key, out var dish) && !dish.SoldOut)
            .OrderByDescending(static pair => pair.Value.Weight)
            .Take(IEvidence.MaxPartners)
            .Select(pair => new Association(new Pair(seed.Dish, pair.Key), pair.Value.Weight))).ToList();
        var dishes = Popular().Take(popular)
            .Concat(favourites.Select(static known => known.Dish))
            .Concat(pairs.Select(static pair => pair.Pair.With))
            .Distinct()
            .Where(_menu.ContainsKey)
            .ToDictionary(static dish => dish, dish => new KnownDish(_menu[dish], Serving.Dishes.GetValueOrDefault(dish).Weight));
        return Task.FromResult(new Evidence(
            favourites, pairs, dishes, Serving.Stores.OrderByDescending(static store => store.Value.Weight).Take(popular).ToDictionary(static store => store.Key, static store => store.Value.Weight)));
    }

    public IEnumerable<DishId> Popular() => Serving.Dishes
        .Where(dish => _menu.TryGetValue(dish.Key, out var known) && !known.SoldOut)
        .OrderByDescending(static dish => dish.Value.Weight)
        .Select(static dish => dish.Key);

    public Task<Decay?> ServingDecay(CancellationToken cancellation) => Task.FromResult<Decay?>(decay);

    public Task<RebuildUnderWay> BeginRebuild(DateTimeOffset now, CancellationToken cancellation)
    {
        _building ??= new CountsInMemory(Serving.Generation + 1);
        return Task.FromResult(new RebuildUnderWay(_building.Generation, now));
    }

    public Task<RebuildUnderWay?> CurrentRebuild(CancellationToken cancellation) =>
        Task.FromResult(_building is null ? null : new RebuildUnderWay(_building.Generation, decay.Landmark));

    public Task CompleteRebuild(RebuildUnderWay rebuild, CancellationToken cancellation)
    {
        (Serving, _building) = (_building!, null);
        return Task.CompletedTask;
    }

    private IEnumerable<CountsInMemory> Generations => _building is null ? [Serving] : [Serving, _building];
}
