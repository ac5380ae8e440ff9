namespace FoodDelivery.Tests.Bench.Real;

/// <summary>What becomes of the rates when millions of orders are stored instead of thousands: each in proportion to the floor of its time.</summary>
internal static class Growth
{
    private const int Few = 10_000;

    public static async Task Run(Surroundings surroundings, RealOrders orders, Extent extent)
    {
        var stored = new StoredOrders(surroundings);
        var few = await stored.FillUpTo(Few);
        var small = (await orders.Run(extent)).Select(static round => round.AcceptedRatio).Median();
        var listed = await RealReads.List(surroundings, extent);
        var many = await stored.FillUpTo(extent.Stored);
        var large = (await orders.Run(extent)).Select(static round => round.AcceptedRatio).Median();
        Figures.Print("growth_ratio", large / small, $"accepted_ratio with {many} orders stored / with {few}");
        Figures.Print("growth_list_ratio", await RealReads.List(surroundings, extent) / listed, "GET /orders a second, the same way");
    }
}
