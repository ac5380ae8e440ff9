using System.Diagnostics;
using FoodDelivery.Protos.Store.V1;
using FoodDelivery.Tests.Support.Processes;
using FoodDelivery.Tests.Support.Rest;
using Grpc.Core;
using Grpc.Net.Client;

namespace FoodDelivery.Tests.Bench.Watchers;

/// <summary>
/// Thousands hold their streams open while others order: idle watchers, replays of a whole store by many, readers that vanish, a kill -9 after which all come back. None of
/// the orders may be refused but for the restart's seconds. The last line is "Verdict: passed" or "Verdict: failed: " and why; <c>--short</c> is less of everything, and how
/// fast the machine is does not count.
/// </summary>
internal static class WatchersDrill
{
    public const string Argument = "--watchers";

    private const int PerSecond = 20;
    private const int Store = 1;
    private const double LongestOutage = 3;
    private const double SlowestOrder = 1000;
    private const double MostOfACore = 10;

    private static readonly string[] Roomy =
    [
        "--Limits:Client:Streams=20000", "--Limits:Client:Connections=20000",
        "--Order:Payments:TryTimeoutMilliseconds=10000", "--Order:Payments:TotalTimeoutMilliseconds=15000",
    ];

    public static async Task<int> Run(bool isShort)
    {
        var (idle, watchers, tickets, replays, vanishing) = isShort ? (1_000, 200, 2_000, 20, 50) : (10_000, 2_000, 50_000, 50, 200);
        var unmet = new List<string>();
        await using var fleet = await Fleet.Local(Roomy);
        await StoredTickets.Add(Path.Combine(fleet.Data, "store.db"), Store, tickets);
        var (customer, owner) = (await fleet.Token("demo-customer"), await fleet.Token("demo-owner"));
        using var entry = new RestClient(fleet.Addresses["Gateway"].Rest) { Token = customer };
        var watched = new List<long>();
        while (watched.Count < 100)
            watched.Add((await entry.Post("/orders", new { item = "chicken" })).Expect(201).Number("orderId"));

        await Idle(fleet, watched, idle, unmet, isShort);
        await using var crowd = new Crowd(fleet.Addresses["Gateway"].Grpc, customer, watched);
        var opening = Stopwatch.StartNew();
        await crowd.Gather(watchers);
        Figures.Print("watchers_gathered_s", opening.Elapsed.TotalSeconds, $"until {watchers} watchers with a connection each were let in");

        var beside = TimeSpan.FromSeconds(isShort ? 4 : 30);
        Judge(await Orders.Beside(entry, PerSecond, Task.Delay(beside)), "quiet", "beside watchers who are quiet", 0, unmet, isShort);
        Judge(await Orders.Beside(entry, PerSecond, Replay(fleet, owner, replays, tickets)), "replay", $"beside {replays} who replay {tickets} tickets", 0, unmet, isShort);
        Judge(await Orders.Beside(entry, PerSecond, Vanish(fleet, owner, vanishing, beside)), "vanishing", $"beside {vanishing} readers who vanish", 0, unmet, isShort);
        Judge(await Orders.Beside(entry, PerSecond, Storm(fleet, crowd, watchers)), "storm", $"while {watchers} watchers come back after a kill -9", LongestOutage, unmet, isShort);
        Console.WriteLine(unmet.Count == 0 ? "Verdict: passed" : $"Verdict: failed: {string.Join("; ", unmet)}");
        return unmet.Count == 0 ? 0 : 1;
    }

    private static async Task Idle(Fleet fleet, IReadOnlyList<long> orders, int count, List<string> unmet, bool isShort)
    {
        await using var crowd = new Crowd(fleet.Addresses["Customer"].Grpc, token: null, orders) { PerConnection = 100 };
        var atRest = await Busy(fleet, TimeSpan.FromSeconds(isShort ? 3 : 20));
        await crowd.Gather(count);
        await Task.Delay(TimeSpan.FromSeconds(isShort ? 1 : 5));
        var busy = await Busy(fleet, TimeSpan.FromSeconds(isShort ? 4 : 30));
        Figures.Print("at_rest_core_percent", atRest, "what Local takes of a core with no watcher");
        Figures.Print("idle_core_percent", busy, $"the same with {count} watchers who are told nothing");
        if (!isShort && busy - atRest >= MostOfACore)
            unmet.Add($"{count} idle watchers take {busy - atRest:0.0} % of a core");
    }

    private static async Task<double> Busy(Fleet fleet, TimeSpan time)
    {
        using var local = Process.GetProcessById(fleet["Local"].Id);
        var (before, watch) = (local.TotalProcessorTime, Stopwatch.StartNew());
        await Task.Delay(time);
        local.Refresh();
        return (local.TotalProcessorTime - before) / watch.Elapsed * 100;
    }

    // Each with a connection of its own, as screens have it.
    private static Task Replay(Fleet fleet, string owner, int readers, int tickets) => Task.WhenAll(Enumerable.Range(0, readers).Select(async _ =>
    {
        using var channel = Channel(fleet);
        using var call = Screen(channel, owner);
        for (var read = 0; read < tickets && await call.ResponseStream.MoveNext(CancellationToken.None); read++)
        {
        }
    }));

    private static async Task Vanish(Fleet fleet, string owner, int readers, TimeSpan time)
    {
        await Task.WhenAll(Enumerable.Range(0, readers).Select(async _ =>
        {
            var channel = Channel(fleet);
            var call = Screen(channel, owner);
            await call.ResponseStream.MoveNext(CancellationToken.None);
            channel.Dispose();
        }));
        await Task.Delay(time);
    }

    private static async Task Storm(Fleet fleet, Crowd crowd, int watchers)
    {
        var (watch, before) = (Stopwatch.StartNew(), crowd.Openings);
        await fleet["Local"].Kill();
        await fleet["Local"].Start();
        Figures.Print("restart_s", watch.Elapsed.TotalSeconds, "from the kill until every service was ready again");
        while (crowd.Openings - before < watchers)
            await Task.Delay(TimeSpan.FromMilliseconds(100));

        Figures.Print("storm_over_s", watch.Elapsed.TotalSeconds, "from the kill until every watcher was back");
    }

    private static GrpcChannel Channel(Fleet fleet) => GrpcChannel.ForAddress(fleet.Addresses["Gateway"].Grpc);

    private static AsyncServerStreamingCall<WatchTicketsResponse> Screen(GrpcChannel channel, string owner) =>
        new TicketService.TicketServiceClient(channel).WatchTickets(new WatchTicketsRequest { StoreId = Store, AfterPosition = 0 }, Crowd.Bearer(owner));

    private static void Judge(OrdersBeside orders, string name, string when, double longestOutage, List<string> unmet, bool isShort)
    {
        Figures.Print($"{name}_orders", orders.Accepted, $"orders that were accepted {when}");
        Figures.Print($"{name}_refused", orders.Refused, "and that were not");
        Figures.Print($"{name}_outage_s", orders.Outage.TotalSeconds, "from the first that was not to the last");
        Figures.Print($"{name}_order_p99_ms", orders.P99, "99th percentile of those that were");
        var isOut = longestOutage == 0 ? orders.Refused > 0 : orders.Outage.TotalSeconds > longestOutage;
        if (isOut && (!isShort || longestOutage == 0))
            unmet.Add($"{orders.Refused} orders were refused {when}, the last {orders.Outage.TotalSeconds:0.0} s after the first: {orders.Why}");
        if (!isShort && orders.P99 >= SlowestOrder)
            unmet.Add($"the 99th percentile of an order {when} was {orders.P99:0} ms");
    }
}
