using System.Text;
using Dapper;
using FoodDelivery.Marketing;
using FoodDelivery.Marketing.Ports;

namespace FoodDelivery.Adapters.Marketing.Persistence;

/// <summary>Queries about several dishes at once. Their texts differ in the number of dishes alone.</summary>
internal static class Lookups
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
        List<Favourite> seeds = [.. favourites.Take(IEvidence.MostSeeds)];
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
                    order by pairs.score desc limit {IEvidence.MostPartners}) seed{index}

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
