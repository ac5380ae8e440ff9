using System.Collections.Concurrent;
using System.Diagnostics;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Orders;
using FoodDelivery.Tests.Support.Processes;
using Xunit.Abstractions;

namespace FoodDelivery.Tests.EndToEnd.BadInput;

/// <summary>Ten thousand bad requests to one process of the whole product, which answers each clearly and is the same afterwards.</summary>
public sealed class BadInputTests(ITestOutputHelper output)
{
    private const int WarmingUp = 2_000;
    private const int AtOnce = 16;

    // BAD_INPUT_SEED repeats a run, BAD_INPUT_REQUESTS makes it longer.
    private readonly int _seed = Number("BAD_INPUT_SEED") ?? Random.Shared.Next();
    private readonly int _requests = Number("BAD_INPUT_REQUESTS") ?? 10_000;

    [Fact]
    public async Task Bad_requests_are_refused_clearly_and_leave_nothing_behind()
    {
        output.WriteLine($"BAD_INPUT_SEED={_seed}");
        await using var fleet = await Fleet.Local("--Order:Payments:TryTimeoutMilliseconds=10000", "--Order:Payments:TotalTimeoutMilliseconds=15000");
        using var wires = new Wires(fleet);
        var accepted = new Accepted();
        var first = await Placed(fleet);
        var before = await Books.Of(fleet);

        var probes = Probes(wires, accepted, first.Id);
        var watch = Stopwatch.StartNew();
        var complaints = await Send(probes.Take(WarmingUp));
        var warm = Footprint.Of(fleet["Local"]);
        complaints.AddRange(await Send(probes.Skip(WarmingUp)));
        var after = Footprint.Of(fleet["Local"]);
        output.WriteLine($"{_requests} requests in {watch.Elapsed.TotalSeconds:0.0} s; {warm} then {after}");
        output.WriteLine($"accepted: {accepted.Orders.Count} orders, {accepted.Declined.Count} declined, {accepted.Payments.Count} payments, menu {accepted.MenuRevision}");
        Report(fleet, complaints);

        Assert.True(fleet["Local"].Runs, fleet.Output);
        Assert.InRange(after.Threads, 1, warm.Threads + 20);
        Assert.InRange(after.Memory, 1, warm.Memory + 100);
        await NothingElse(fleet, accepted, before);
        await TheNextOrder(fleet, first, accepted);
        Assert.Empty(complaints);
    }

    private static int? Number(string variable) => int.TryParse(Environment.GetEnvironmentVariable(variable), out var number) ? number : null;

    private List<Probe> Probes(Wires wires, Accepted accepted, long bystander)
    {
        var dice = new Dice(_seed);
        var templates = Template.All(bystander);
        var json = new JsonProbes(dice, wires, accepted, bystander);
        var queries = new QueryProbes(dice, wires);
        var messages = new MessageProbes(dice, wires, accepted, templates);
        var frames = new FrameProbes(dice, wires, accepted, templates);
        var sockets = new SocketProbes(dice, wires);
        return [.. Enumerable.Range(0, _requests).Select(_ => dice.Roll(20) switch
        {
            < 6 => json.Next(),
            < 9 => queries.Next(),
            < 14 => messages.Next(),
            < 17 => frames.Next(),
            _ => sockets.Next(),
        })];
    }

    private static async Task<List<(Probe Probe, string Complaint)>> Send(IEnumerable<Probe> probes)
    {
        var complaints = new ConcurrentQueue<(Probe, string)>();
        await Parallel.ForEachAsync(probes, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (probe, _) =>
        {
            string? complaint;
            try
            {
                complaint = await probe.Send();
            }
            catch (Exception broken)
            {
                complaint = broken.ToString();
            }

            if (complaint is not null)
                complaints.Enqueue((probe, complaint));
        });
        return [.. complaints];
    }

    private void Report(Fleet fleet, List<(Probe Probe, string Complaint)> complaints)
    {
        output.WriteLine($"{complaints.Count} complaints");
        if (complaints.Count > 0)
            output.WriteLine(fleet.Output);
        foreach (var alike in complaints.GroupBy(static found => (found.Probe.Kind, found.Complaint.Length > 60 ? found.Complaint[..60] : found.Complaint)))
        {
            output.WriteLine($"{alike.Count()} × {alike.Key.Kind}: {alike.First().Complaint}");
            foreach (var (probe, _) in alike.Take(3))
                output.WriteLine($"    {probe.What}");
        }
    }

    private static Task NothingElse(Fleet fleet, Accepted accepted, Books before) => Eventually.Holds(async () =>
    {
        var books = await Books.Of(fleet);
        Assert.Equal(before.Orders.Concat(accepted.Orders).Order(), books.Orders.Order());
        Assert.Equal(before.Tickets.Concat(accepted.Orders).Order(), books.Tickets.Order());
        Assert.Equal(before.Statuses.Concat(accepted.Orders).Concat(accepted.Declined).Order(), books.Statuses.Order());
        Assert.Equal(before.Payments.Concat(accepted.Orders).Concat(accepted.Declined).Concat(accepted.Payments).Order(), books.Payments.Order());
        Assert.Equal(before.Notifications.Count + (2 * accepted.Orders.Count) + accepted.Declined.Count, books.Notifications.Count);
        Assert.Equal(0, books.DeadLetters);
        Assert.Equal(before.Simulator, books.Simulator);
        if (accepted.MenuRevision == 0)
            Assert.Equal(before.Menu, books.Menu);
        else
            Assert.Contains($"\"revision\":{accepted.MenuRevision},", books.Menu, StringComparison.Ordinal);
    });

    private static async Task TheNextOrder(Fleet fleet, PlacedOrder first, Accepted accepted)
    {
        // No number is missing between the orders: a refused request has not even begun an attempt.
        var next = await PlacedOrder.Of(fleet, new { item = "chicken" });
        Assert.Equal(first.Id + accepted.Orders.Count + accepted.Declined.Count + 1, next.Id);
        await next.Moves("receive", "cook", "cooked", "ship", "deliver");
        await next.Shows("delivered");
        await first.Moves("receive", "cook", "cooked", "ship", "deliver");
        await first.Shows("delivered");
    }

    private static async Task<PlacedOrder> Placed(Fleet fleet)
    {
        var order = await PlacedOrder.Of(fleet, new { item = "chicken" });
        await order.Ticket();
        await order.Shows("pay_success");
        await Eventually.Holds(async () => Assert.Equal(2, (await order.Notifications()).Count));
        return order;
    }
}
