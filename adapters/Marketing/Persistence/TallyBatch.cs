using FoodDelivery.Marketing;
using FoodDelivery.Platform.Storage;

namespace FoodDelivery.Adapters.Marketing.Persistence;

/// <summary>An entry as statements. What several orders may change at once is changed in one order by all, so that none waits for another in a circle.</summary>
internal static class TallyBatch
{
    private const int PartnersKept = 200;
    private const int PruningEvery = 32;

    private const string Count =
        """
        insert into tallied_orders (generation, order_id, state, store_id, customer_id, dishes, placed_at)
        values (@Generation, @Order, 1, @Store, @Customer, @Dishes, @PlacedAt)
        on conflict (generation, order_id) do nothing
        """;

    private const string TakeBack = "update tallied_orders set state = 2 where generation = @Generation and order_id = @Order and state = 1";

    private const string Forbid =
        """
        insert into tallied_orders (generation, order_id, state) values (@Generation, @Order, 2)
        on conflict (generation, order_id) do nothing
        """;

    private const string KeepTaste =
        """
        insert into customer_tastes (generation, customer_id, taste, revision) values (@Generation, @Customer, @Taste, @Revision)
        on conflict (generation, customer_id) do update set taste = excluded.taste, revision = excluded.revision
        where customer_tastes.revision = excluded.revision - 1
        """;

    // A partner that is lost so and comes again begins anew; among the best hundreds nobody notices.
    private const string Prune =
        """
        delete from dish_pairs where generation = @Generation and store_id = @Store and dish_id = @Dish and (with_store_id, with_dish_id) in (
            select with_store_id, with_dish_id from dish_pairs where generation = @Generation and store_id = @Store and dish_id = @Dish
            order by score desc limit 1000000 offset @Kept)
        """;

    public static Batch Of(TallyEntry entry)
    {
        var batch = new Batch().Require(entry switch { { State: TallyState.Counted } => Count, { Order: not null } => TakeBack, _ => Forbid }, Row(entry));
        if (entry is { Order: { } order, Taste: { } taste })
            batch.Require(KeepTaste, new { entry.Generation, order.Customer, Taste = StoredTaste.Write(taste), taste.Revision });
        if (entry.Tally is not { } tally)
            return batch;

        Scores.Stores.Change(batch, entry.Generation, tally.Store);
        foreach (var dish in tally.Dishes)
            Scores.Dishes.Change(batch, entry.Generation, dish);
        foreach (var pair in tally.Pairs)
            Scores.Pairs.Change(batch, entry.Generation, pair);
        if (entry.Id.Value % PruningEvery == 0)
        {
            foreach (var dish in tally.Dishes)
                batch.Add(Prune, new { entry.Generation, Store = dish.Of.Store.Value, Dish = dish.Of.Number, Kept = PartnersKept });
        }

        return batch;
    }

    private static object Row(TallyEntry entry) => new
    {
        entry.Generation,
        Order = entry.Id.Value,
        Store = entry.Order?.Store.Value,
        entry.Order?.Customer,
        Dishes = entry.Order is null ? null : SheetRow.Write(entry.Order.Dishes),
        PlacedAt = entry.Order?.PlacedAt.ToUnixTimeMilliseconds(),
    };
}

/// <summary>A table of sums by a key.</summary>
internal sealed class Scores<TKey>(string table, IReadOnlyList<string> key, Func<long, Counted<TKey>, object> values)
    where TKey : struct
{
    private readonly string _add =
        $"""
        insert into {table} (generation, {string.Join(", ", key)}, score, times) values (@Generation, {string.Join(", ", key.Select(Parameter))}, @Weight, @Times)
        on conflict (generation, {string.Join(", ", key)}) do update
        set score = {table}.score + excluded.score, times = {table}.times + excluded.times
        """;

    // What is left of a sum when all is taken away is nothing, and not what rounding makes of it.
    private readonly string _end = $"delete from {table} where {Where(key)} and times + @Times <= 0";

    private readonly string _take = $"update {table} set score = score + @Weight, times = times + @Times where {Where(key)}";

    public void Change(Batch batch, long generation, Counted<TKey> counted)
    {
        var row = values(generation, counted);
        if (counted.Times > 0)
            batch.Add(_add, row);
        else
            batch.Add(_end, row).Add(_take, row);
    }

    private static string Where(IReadOnlyList<string> key) =>
        string.Join(" and ", key.Select(static column => $"{column} = {Parameter(column)}").Prepend("generation = @Generation"));

    private static string Parameter(string column) => $"@{column.Replace("_", "", StringComparison.Ordinal)}";
}

/// <summary>The tables.</summary>
internal static class Scores
{
    public static readonly Scores<StoreId> Stores = new(
        "store_scores",
        ["store_id"],
        static (generation, counted) => new { Generation = generation, StoreId = counted.Of.Value, counted.Weight, counted.Times });

    public static readonly Scores<DishId> Dishes = new(
        "dish_scores",
        ["store_id", "dish_id"],
        static (generation, counted) => new
        {
            Generation = generation, StoreId = counted.Of.Store.Value, DishId = counted.Of.Number, counted.Weight, counted.Times,
        });

    public static readonly Scores<Pair> Pairs = new(
        "dish_pairs",
        ["store_id", "dish_id", "with_store_id", "with_dish_id"],
        static (generation, counted) => new
        {
            Generation = generation,
            StoreId = counted.Of.Dish.Store.Value,
            DishId = counted.Of.Dish.Number,
            WithStoreId = counted.Of.With.Store.Value,
            WithDishId = counted.Of.With.Number,
            counted.Weight,
            counted.Times,
        });
}
