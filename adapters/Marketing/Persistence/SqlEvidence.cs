using System.Data.Common;
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
        var favourites = customer.Length == 0 ? [] : StoredTaste.Read(own.Taste, own.Revision ?? 0).Favourites.Take(IEvidence.MostOwn).ToList();
        var dishes = new Dictionary<DishId, KnownDish>();
        foreach (var row in await connection.QueryAsync<DishRow>(
            new CommandDefinition(PopularDishes, new { own.Generation, Most = popular }, cancellationToken: cancellation)))
        {
            dishes.Add(row.Id, row.Dish());
        }

        var pairs = new List<Association>();
        if (favourites.Count > 0)
        {
            foreach (var row in await connection.QueryAsync<DishRow>(Lookups.Dishes(own.Generation, favourites, cancellation)))
                dishes[row.Id] = row.Dish();
            foreach (var row in await connection.QueryAsync<PairRow>(Lookups.Partners(own.Generation, favourites, cancellation)))
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
