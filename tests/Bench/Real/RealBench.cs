namespace FoodDelivery.Tests.Bench.Real;

/// <summary>The figures of the product at scale, each with its floor beside it.</summary>
internal static class RealBench
{
    public static async Task Run(Extent extent)
    {
        await using var surroundings = await Surroundings.Start();
        await using var orders = await RealOrders.Prepare(surroundings);
        await orders.WarmUp(extent);
        await RealLag.Run(surroundings, extent);
        await orders.Settled();
        Print(await orders.Run(extent));
        await RealReads.Run(surroundings, extent);
        foreach (var service in surroundings.Services)
            Figures.Print($"memory_{service.ToLowerInvariant()}_mb", surroundings.MemoryBytes(service) / 1e6, $"{service}'s resident memory after all that");

        if (extent.Stored > 0)
            await Growth.Run(surroundings, orders, extent);
    }

    private static void Print(IReadOnlyList<OrderRound> rounds)
    {
        Figures.Print("statements_alone_per_s", rounds.Select(static round => round.Floor).Median(), "what an accepted order writes, by pgbench alone");
        Figures.Print("accepted_per_s", rounds.Select(static round => round.Accepted).Median(), $"PlaceOrder over gRPC, {RealOrders.Users} users");
        Figures.Print("accepted_ratio", rounds.Select(static round => round.AcceptedRatio).Median(), "orders accepted / statements alone, median over the rounds");
        Figures.Print("sustained_per_s", rounds.Select(static round => round.Sustained).Median(), "orders a second until every consumer is done with them");
        Figures.Print("sustained_ratio", rounds.Select(static round => round.Sustained / round.Floor).Median(), "the same / statements alone, median over the rounds");
    }
}
