using System.Data.Common;
using System.Text;
using System.Text.Json;
using Dapper;
using FoodDelivery.Marketing;
using FoodDelivery.Marketing.Ports;
using FoodDelivery.Platform.Storage;

namespace FoodDelivery.Adapters.Marketing.Persistence;

/// <summary>Looks up what speaks for what: five queries, each of which reads some dozens of rows by their index, however many orders there are.</summary>
internal sealed class SqlEvidence(IDatabase database) : IEvidence
{
    private const string OwnTaste =
        """
        select generations.generation, tastes.taste, tastes.revision from tally_generations generations
        left join customer_tastes tastes on tastes.generation = generations.generation and tastes.customer_id = @Customer
        where generations.serving = 1
        """;

    private const string PopularDishes =
        """
        select scores.store_id, scores.dish_id, scores.score as popularity, dishes.names, dishes.price, dishes.sold_out
        from dish_scores scores join dishes on dishes.store_id = scores.store_id and dishes.dish_id = scores.dish_id
        where scores.generation = @Generation and dishes.sold_out = 0
        order by scores.score desc limit @Most
        """;

    private const string PopularStores =
        """
        select store_id, score, (select generation from tally_generations where serving = 1) as serving
        from store_scores
        where generation = @Generation and exists (select 1 from dishes where dishes.store_id = store_scores.store_id and dishes.sold_out = 0)
        order by score desc limit @Most
        """;

    public Task<Evidence> About(string customer, int popular, CancellationToken cancellation) => database.Read(
        async connection =>
        {
            while (true)
            {
                if (await LookUp(connection, customer, popular, cancellation) is { } evidence)
                    return evidence;
            }
        },
        cancellation);

    /// <summary>Null if other counts serve by now: those that were read may have been half deleted.</summary>
    private static async Task<Evidence?> LookUp(DbConnection connection, string customer, int popular, CancellationToken cancellation)
    {
        var own = await connection.QuerySingleAsync<SheetRow>(new CommandDefinition(OwnTaste, new { Customer = customer }, cancellationToken: cancellation));
        var favourites = customer.Length == 0 ? [] : StoredTaste.Read(own.Taste, own.Revision ?? 0).Favourites.Take(IEvidence.MaxOwn).ToList();
        var dishes = new Dictionary<DishId, KnownDish>();
        foreach (var row in await connection.QueryAsync<DishRow>(
            new CommandDefinition(PopularDishes, new { own.Generation, Most = popular }, cancellationToken: cancellation)))
        {
            dishes.Add(row.Id, row.Dish());
        }

        var pairs = new List<Association>();
        if (favourites.Count > 0)
        {
            foreach (var row in await connection.QueryAsync<DishRow>(DishQueries.Dishes(own.Generation, favourites, cancellation)))
                dishes[row.Id] = row.Dish();
            foreach (var row in await connection.QueryAsync<PairRow>(DishQueries.Partners(own.Generation, favourites, cancellation)))
            {
                pairs.Add(new Association(new Pair(row.Seed, row.Id), row.Score));
                dishes.TryAdd(row.Id, row.Dish());
            }
        }

        var stores = (await connection.QueryAsync<StoreRow>(
            new CommandDefinition(PopularStores, new { own.Generation, Most = popular }, cancellationToken: cancellation))).AsList();
        return stores.Exists(store => store.Serving != own.Generation)
            ? null
            : new Evidence(favourites, pairs, dishes, stores.ToDictionary(static store => new StoreId(store.StoreId), static store => store.Score));
    }

    private sealed record StoreRow(long StoreId, double Score, long Serving);
}

/// <summary>Queries about several dishes at once. Their texts differ in the number of dishes alone.</summary>
internal static class DishQueries
{
    /// <summary>The dishes that are on a menu, and their popularity.</summary>
    public static CommandDefinition Dishes(long generation, IReadOnlyList<Favourite> wanted, CancellationToken cancellation)
    {
        var sql =
            $"""
            with wanted (store_id, dish_id) as (values {string.Join(", ", Enumerable.Range(0, wanted.Count).Select(static index => $"(@S{index}, @D{index})"))})
            select dishes.store_id, dishes.dish_id, coalesce(scores.score, 0.0) as popularity, dishes.names, dishes.price, dishes.sold_out
            from wanted
            join dishes on dishes.store_id = wanted.store_id and dishes.dish_id = wanted.dish_id
            left join dish_scores scores
                on scores.generation = @Generation and scores.store_id = wanted.store_id and scores.dish_id = wanted.dish_id
            """;
        return new CommandDefinition(sql, Parameters(generation, wanted), cancellationToken: cancellation);
    }

    /// <summary>What goes best with the first of the dishes, as far as it can be ordered.</summary>
    public static CommandDefinition Partners(long generation, IReadOnlyList<Favourite> favourites, CancellationToken cancellation)
    {
        List<Favourite> seeds = [.. favourites.Take(IEvidence.MaxSeeds)];
        var sql = new StringBuilder();
        for (var index = 0; index < seeds.Count; index++)
        {
            sql.Append(
                $"""
                {(index == 0 ? "" : "union all")}
                select * from (
                    select pairs.store_id as seed_store_id, pairs.dish_id as seed_dish_id, pairs.score,
                        dishes.store_id, dishes.dish_id, scores.score as popularity, dishes.names, dishes.price, dishes.sold_out
                    from dish_pairs pairs
                    join dishes on dishes.store_id = pairs.with_store_id and dishes.dish_id = pairs.with_dish_id
                    join dish_scores scores
                        on scores.generation = @Generation and scores.store_id = pairs.with_store_id and scores.dish_id = pairs.with_dish_id
                    where pairs.generation = @Generation and pairs.store_id = @S{index} and pairs.dish_id = @D{index} and dishes.sold_out = 0
                    order by pairs.score desc limit {IEvidence.MaxPartners}) seed{index}

                """);
        }

        return new CommandDefinition(sql.ToString(), Parameters(generation, seeds), cancellationToken: cancellation);
    }

    private static DynamicParameters Parameters(long generation, IReadOnlyList<Favourite> wanted)
    {
        var parameters = new DynamicParameters();
        parameters.Add("Generation", generation);
        for (var index = 0; index < wanted.Count; index++)
        {
            parameters.Add($"S{index}", wanted[index].Dish.Store.Value);
            parameters.Add($"D{index}", wanted[index].Dish.Number);
        }

        return parameters;
    }
}

/// <summary>A dish on a menu and how popular it is.</summary>
internal class DishRow
{
    public long StoreId { get; set; }

    public long DishId { get; set; }

    public double Popularity { get; set; }

    public string Names { get; set; } = "[]";

    public long Price { get; set; }

    public long SoldOut { get; set; }

    public DishId Id => new(new StoreId(StoreId), DishId);

    public KnownDish Dish() => new(
        new MenuDish(Id, JsonSerializer.Deserialize(Names, StoredJson.Readable.IReadOnlyListString)!, new Money(Price), SoldOut != 0), Popularity);
}

/// <summary>A dish that goes with another.</summary>
internal sealed class PairRow : DishRow
{
    public long SeedStoreId { get; set; }

    public long SeedDishId { get; set; }

    public double Score { get; set; }

    public DishId Seed => new(new StoreId(SeedStoreId), SeedDishId);
}
