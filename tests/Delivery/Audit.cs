using System.Diagnostics;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Orders;
using FoodDelivery.Tests.Support.Processes;
using FoodDelivery.Tests.Support.Rest;
using Xunit.Abstractions;

namespace FoodDelivery.Tests.Delivery;

/// <summary>Drives every order to its doorstep after a fault, and then compares the books.</summary>
internal static class Audit
{
    // What a dead process held up with a lease is free after half a minute at the latest.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(90);

    /// <summary>
    /// Fails unless every check holds; prints the outcome as a row of the table. Leaves out <paramref name="except"/>: orders that
    /// ended otherwise, and were looked at already.
    /// </summary>
    public static async Task Of(string fault, Fleet fleet, IReadOnlyList<long> acknowledged, IReadOnlyList<long> except, FaultTable table, ITestOutputHelper output)
    {
        var placed = (await Ids(fleet, "Order", "orders")).Except(except).ToList();
        await Deliver(fleet, placed);
        await Compare(fault, fleet, acknowledged, except, ["delivered"], table, output);
    }

    /// <summary>The same for orders that have been driven to one of the given ends already.</summary>
    public static async Task Compare(
        string fault,
        Fleet fleet,
        IReadOnlyList<long> acknowledged,
        IReadOnlyList<long> except,
        IReadOnlyList<string> endings,
        FaultTable table,
        ITestOutputHelper output)
    {
        var placed = (await Ids(fleet, "Order", "orders")).Except(except).ToList();
        var watch = Stopwatch.StartNew();
        var (violations, last) = await Settle(fleet, acknowledged, except, endings);
        output.WriteLine($"{acknowledged.Count} acknowledged, {placed.Count} placed");
        table.Add(fault, acknowledged.Count, placed.Count, $"{watch.Elapsed.TotalSeconds:0.0} s{last}", violations);
        foreach (var (check, found) in violations)
            output.WriteLine($"{check}: {found.Count} violations {string.Join(Environment.NewLine, found.Take(5))}");
        Assert.All(violations, static check => Assert.Empty(check.Value));
    }

    private static async Task<(Dictionary<string, List<string>> Violations, string Last)> Settle(
        Fleet fleet, IReadOnlyList<long> acknowledged, IReadOnlyList<long> except, IReadOnlyList<string> endings)
    {
        Dictionary<string, List<string>> violations = [];
        var last = "";
        try
        {
            await Eventually.Holds(
                async () =>
                {
                    var books = (await Books.Of(fleet)).Without(except) with { Endings = endings };
                    violations = Checks.All.ToDictionary(static check => check.Key, check => check.Value(books, acknowledged).ToList(), StringComparer.Ordinal);
                    var open = violations.Where(static check => check.Value.Count > 0).Select(static check => check.Key).ToList();
                    last = open.Count > 0 ? $", waiting for: {string.Join(", ", open)}" : last;
                    Assert.Empty(open);
                },
                Settling);
        }
        catch (TimeoutException) when (violations.Count > 0)
        {
            // The violations that remain are what is reported.
        }

        return (violations, last);
    }

    private static async Task Deliver(Fleet fleet, IReadOnlyCollection<long> orders)
    {
        IReadOnlyList<long> tickets = [];
        try
        {
            await Eventually.Holds(async () => Assert.Empty(orders.Except(tickets = await Ids(fleet, "Store", "deliveries"))), Settling);
        }
        catch (TimeoutException)
        {
            // Those without a ticket are not delivered, and the checks will say so.
        }

        await Parallel.ForEachAsync(
            orders.Intersect(tickets),
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (id, _) => await new PlacedOrder(fleet, id).Moves("receive", "cook", "cooked", "ship", "deliver"));
    }

    private static async Task<IReadOnlyList<long>> Ids(Fleet fleet, string service, string name) =>
        [.. (await fleet.Rest(service).All($"/{name}", name)).Select(static resource => resource.Number("orderId"))];
}
