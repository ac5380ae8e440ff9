using System.Text.Json;
using Dapper;
using FoodDelivery.Marketing;
using FoodDelivery.Marketing.Ports;
using FoodDelivery.Platform.Storage;

namespace FoodDelivery.Adapters.Marketing.Persistence;

/// <summary>The counts in a relational database.</summary>
internal sealed class SqlTallies(IDatabase database, MarketingOptions options, TimeProvider clock) : ITallies
{
    private readonly Generations _generations = new(database, "tally_generations");

    public async Task<IReadOnlyList<TallySheet>> Load(OrderId order, string? customer, CancellationToken cancellation)
    {
        const string sheets =
            """
            select generations.generation, generations.landmark, generations.half_life,
                orders.order_id, orders.state, orders.store_id, orders.customer_id, orders.dishes, orders.placed_at, tastes.taste, tastes.revision
            from tally_generations generations
            left join tallied_orders orders on orders.generation = generations.generation and orders.order_id = @Order
            left join customer_tastes tastes
                on tastes.generation = generations.generation and tastes.customer_id = coalesce(@Customer, orders.customer_id)
            """;
        while (true)
        {
            var rows = await database.Query<SheetRow>(sheets, new { Order = order.Value, Customer = customer }, cancellation);
            if (rows.All(static row => row.Landmark is not null))
                return [.. rows.Select(static row => row.Sheet())];
            await SetLandmark(cancellation);
        }
    }

    public async Task Save(TallyEntry entry, CancellationToken cancellation) =>
        (await database.Write(TallyBatch.Of(entry), cancellation)).ThrowIfStale($"The count of order {entry.Id}");

    public async Task<Decay?> ServingDecay(CancellationToken cancellation)
    {
        const string sql = "select landmark, half_life from tally_generations where serving = 1";
        var row = await database.Read(
            connection => connection.QuerySingleAsync<SheetRow>(new CommandDefinition(sql, cancellationToken: cancellation)), cancellation);
        return SheetRow.Decay(row.Landmark, row.HalfLife);
    }

    public Task<RebuildUnderWay> BeginRebuild(DateTimeOffset now, CancellationToken cancellation) => _generations.Begin(now, cancellation);

    public Task<RebuildUnderWay?> CurrentRebuild(CancellationToken cancellation) => _generations.BeingBuilt(cancellation);

    public async Task CompleteRebuild(RebuildUnderWay rebuild, CancellationToken cancellation)
    {
        await _generations.Serve(rebuild.Generation, cancellation);
        foreach (var (table, key) in new[]
        {
            ("tallied_orders", "order_id"),
            ("customer_tastes", "customer_id"),
            ("dish_pairs", "store_id, dish_id, with_store_id, with_dish_id"),
            ("dish_scores", "store_id, dish_id"),
            ("store_scores", "store_id"),
        })
        {
            await _generations.DropOlder(table, key, rebuild.Generation, cancellation);
        }
    }

    // With the first order, and not with the generation: how orders are weighed is this context's own business.
    private Task<WriteResult> SetLandmark(CancellationToken cancellation) => database.Write(
        new Batch().Add(
            "update tally_generations set landmark = @Now, half_life = @HalfLife where landmark is null",
            new { Now = clock.GetUtcNow().ToUnixTimeMilliseconds(), HalfLife = (long)options.HalfLife.TotalMilliseconds }),
        cancellation);
}

/// <summary>What the tables have on one order and its customer, in one generation; null where an outer join found nothing.</summary>
internal sealed class SheetRow
{
    public long Generation { get; set; }

    public long? Landmark { get; set; }

    public long? HalfLife { get; set; }

    public int? State { get; set; }

    public long OrderId { get; set; }

    public long? StoreId { get; set; }

    public string? CustomerId { get; set; }

    public string? Dishes { get; set; }

    public long? PlacedAt { get; set; }

    public string? Taste { get; set; }

    public long? Revision { get; set; }

    public static Decay? Decay(long? landmark, long? halfLife) => landmark is { } at && halfLife is { } milliseconds
        ? new Decay(DateTimeOffset.FromUnixTimeMilliseconds(at), TimeSpan.FromMilliseconds(milliseconds))
        : null;

    public static string Write(IEnumerable<DishId> dishes) =>
        JsonSerializer.Serialize(dishes.Select(static dish => dish.Number), StoredJson.Readable.IEnumerableInt64);

    public TallySheet Sheet() => new(
        Generation, Decay(Landmark, HalfLife)!, Order(), (TallyState)(State ?? 0), StoredTaste.Read(Taste, Revision ?? 0));

    private PlacedOrder? Order()
    {
        if (StoreId is not { } number)
            return null;
        var store = new StoreId(number);
        return new PlacedOrder(
            new OrderId(OrderId),
            store,
            CustomerId!,
            [.. JsonSerializer.Deserialize(Dishes!, StoredJson.Readable.IEnumerableInt64)!.Select(dish => new DishId(store, dish))],
            DateTimeOffset.FromUnixTimeMilliseconds(PlacedAt!.Value));
    }
}
