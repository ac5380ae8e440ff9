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
    /// ended otherwise, and were looked at already. Clocks may have been set by <paramref name="jump"/> at a time.
    /// </summary>
    public static async Task Of(
        string fault, IPlatform platform, IReadOnlyList<long> acknowledged, IReadOnlyCollection<long> except, FaultTable table, ITestOutputHelper output,
        TimeSpan jump = default)
    {
        await Deliver(platform, (await Orders(platform)).Except(except).ToHashSet());
        await Compare(fault, platform, acknowledged, except, ["delivered"], table, output, jump);
    }

    /// <summary>The same for orders that have been driven to one of the given ends already.</summary>
    public static async Task Compare(
        string fault,
        IPlatform platform,
        IReadOnlyList<long> acknowledged,
        IReadOnlyCollection<long> except,
        IReadOnlyList<string> endings,
        FaultTable table,
        ITestOutputHelper output,
        TimeSpan jump = default)
    {
        var watch = Stopwatch.StartNew();
        var (books, violations, last) = await Settle(platform, acknowledged, except.ToHashSet(), endings, jump);
        var settled = $"{watch.Elapsed.TotalSeconds:0.0} s{last}";
        violations.Add(Routes.Check, await Routes.Violations(platform, books));
        table.Add(new(fault, acknowledged.Count, books.Orders.Count, books.Orphans.Count(), settled, violations));
        output.WriteLine($"{acknowledged.Count} acknowledged, {books.Orders.Count} placed, {books.Orphans.Count()} payments without an order refunded");
        foreach (var (check, found) in violations)
            output.WriteLine($"{check}: {found.Count} violations {string.Join(Environment.NewLine, found.Take(5))}");
        Assert.All(violations, static check => Assert.Empty(check.Value));
    }

    /// <summary>The numbers of all orders, and of all that was paid for and is none.</summary>
    public static async Task<IReadOnlySet<long>> Known(IPlatform platform) =>
        (await Orders(platform)).Concat((await platform.Rest("Pay").All("/payments", "payments")).Select(static payment => payment.Number("orderId"))).ToHashSet();

    private static async Task<IEnumerable<long>> Orders(IPlatform platform) =>
        (await platform.Rest("Order").All("/orders", "orders")).Select(static order => order.Number("orderId"));

    private static async Task<(Books Books, Dictionary<string, List<string>> Violations, string Last)> Settle(
        IPlatform platform, IReadOnlyList<long> acknowledged, IReadOnlySet<long> except, IReadOnlyList<string> endings, TimeSpan jump)
    {
        Books? books = null;
        Dictionary<string, List<string>> violations = [];
        var last = "";
        try
        {
            await Eventually.Holds(
                async () =>
                {
                    books = (await Books.Of(platform)).Without(except) with { Endings = endings, Jump = jump };
                    violations = Checks.All.ToDictionary(static check => check.Key, check => check.Value(books, acknowledged).ToList(), StringComparer.Ordinal);
                    var open = violations.Where(static check => check.Value.Count > 0).Select(static check => check.Key).ToList();
                    last = open.Count > 0 ? $", waiting for: {string.Join(", ", open)}" : last;
                    Assert.Empty(open);
                },
                Settling);
        }
        catch (TimeoutException) when (books is not null)
        {
            // The violations that remain are what is reported.
        }

        return (books!, violations, last);
    }

    // Those of which the store knows, and that nobody has touched yet. What has no ticket is not delivered, and the checks will say so.
    private static async Task Deliver(IPlatform platform, IReadOnlySet<long> orders)
    {
        Dictionary<long, string> tickets = [];
        try
        {
            await Eventually.Holds(
                async () =>
                {
                    tickets = (await platform.Rest("Store").All("/deliveries", "deliveries"))
                        .ToDictionary(static ticket => ticket.Number("orderId"), static ticket => ticket.Word("status"));
                    Assert.DoesNotContain(orders, id => !tickets.ContainsKey(id));
                },
                Settling);
        }
        catch (TimeoutException)
        {
            // Then some have none.
        }

        await Parallel.ForEachAsync(
            orders.Where(id => tickets.GetValueOrDefault(id) == "order_get"),
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (id, _) => await new PlacedOrder(platform, id).Moves("receive", "cook", "cooked", "ship", "deliver"));
    }
}
