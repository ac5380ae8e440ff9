using FoodDelivery.Marketing;
using FoodDelivery.Platform.Storage;

namespace FoodDelivery.Adapters.Marketing.Persistence;

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
