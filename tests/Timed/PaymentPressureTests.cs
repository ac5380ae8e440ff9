using System.Collections.Concurrent;
using System.Diagnostics;
using Dapper;
using FoodDelivery.Platform.Storage.Sqlite;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Processes;
using FoodDelivery.Tests.Support.Rest;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit.Abstractions;

namespace FoodDelivery.Tests.Timed;

/// <summary>A payment provider that fails half of its calls, then hangs, and recovers, under customers who do not stop ordering.</summary>
public sealed class PaymentPressureTests(ITestOutputHelper output)
{
    private const int Customers = 30;

    // A process under its first load grows by what it compiles; afterwards only by what it keeps.
    private static readonly TimeSpan Warmth = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan OpensWithin = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan FlowsAgainWithin = TimeSpan.FromSeconds(5);

    private readonly ConcurrentQueue<(long At, int Status, string Reason)> _answers = new();

    [Fact]
    public async Task The_breaker_opens_refuses_at_once_closes_by_itself_and_the_books_agree()
    {
        await using var fleet = await Fleet.Local("--Order:Sweeper:AgeSeconds=6", "--Order:Sweeper:IntervalSeconds=0.5");
        using var stop = new CancellationTokenSource();
        await Turn(fleet, new { delayMinMs = 20, delayMaxMs = 120 });
        var ordering = Task.WhenAll(Enumerable.Range(0, Customers).Select(_ => Order(fleet.Rest("Order"), stop.Token)));
        await First(Stopwatch.GetTimestamp(), 201, "", FlowsAgainWithin);
        await Task.Delay(Warmth);

        var (threads, memory) = (fleet["Local"].Threads, fleet["Local"].MemoryBytes);
        var half = await Turn(fleet, new { failureRate = 0.5 });
        await Task.Delay(TimeSpan.FromSeconds(1.5));
        var flowing = _answers.Where(answer => answer.At > half).Select(static answer => answer.Status == 201 ? 1.0 : 0.0).Average();

        var hung = await Turn(fleet, new { hang = true });
        var opened = await First(hung, 503, "PAYMENT_PAUSED", OpensWithin);
        var refused = await Refusals(fleet.Rest("Order"));
        var (moreThreads, moreMemory) = (fleet["Local"].Threads - threads, fleet["Local"].MemoryBytes - memory);
        var back = await Turn(fleet, new { hang = false, failureRate = 0 });
        var flowed = await First(back, 201, "", FlowsAgainWithin);
        await stop.CancelAsync();
        await ordering;

        output.WriteLine($"{flowing:P0} placed while half of the calls failed; opened {opened} after the provider hung; refusals took {refused}; "
            + $"orders flowed {flowed} after it answered again; {moreThreads} more threads, {moreMemory >> 20} MiB more");
        Assert.InRange(flowing, 0.5, 1);
        Assert.InRange(refused, TimeSpan.Zero, TimeSpan.FromMilliseconds(20));
        Assert.InRange(moreThreads, int.MinValue, 10);
        Assert.InRange(moreMemory, long.MinValue, 32 << 20);
        await Eventually.Holds(() => BooksAgree(fleet));
    }

    private static async Task<long> Turn(Fleet fleet, object dials)
    {
        (await fleet.Rest("Pay").Put("/provider-simulator", dials)).Expect(200);
        return Stopwatch.GetTimestamp();
    }

    // Who is refused pauses for a moment, as people do.
    private async Task Order(RestClient orders, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var began = Stopwatch.GetTimestamp();
            var answer = await orders.Post("/orders", new { item = "chicken" });
            _answers.Enqueue((began, answer.Status, answer.Status == 201 ? "" : answer.Word("reason")));
            Assert.True(answer.Status is 201 or 503, answer.ToString());
            if (answer.Status == 503)
                await Task.Delay(TimeSpan.FromMilliseconds(50), CancellationToken.None);
        }
    }

    private async Task<TimeSpan> First(long since, int status, string reason, TimeSpan within)
    {
        while (Stopwatch.GetElapsedTime(since) < within)
        {
            if (_answers.Any(answer => answer.At > since && answer.Status == status && answer.Reason == reason))
                return Stopwatch.GetElapsedTime(since);
            await Task.Delay(TimeSpan.FromMilliseconds(5));
        }

        throw new TimeoutException($"Nobody was answered {status} {reason} within {within}.");
    }

    // The median, since the machine is busy with the customers.
    private static async Task<TimeSpan> Refusals(RestClient orders)
    {
        var took = new List<TimeSpan>();
        for (var number = 0; number < 100; number++)
        {
            var watch = Stopwatch.StartNew();
            var answer = (await orders.Post("/orders", new { item = "chicken" })).Expect(503);
            if (answer.Word("reason") != "PAYMENT_PAUSED")
                continue;
            took.Add(watch.Elapsed);
            Assert.InRange(int.Parse(answer.Header("Retry-After") ?? "0"), 1, 10);
        }

        took.Sort();
        return took[took.Count / 2];
    }

    private static async Task BooksAgree(Fleet fleet)
    {
        var orders = await Numbers(fleet, "Order", "orders", static _ => true);
        var paid = await Numbers(fleet, "Pay", "payments", static status => status is "approved" or "refunding");
        Assert.Equal(orders, paid);
        Assert.Equal(orders, await Kept(fleet));
    }

    private static async Task<List<long>> Numbers(Fleet fleet, string service, string collection, Func<string, bool> which) =>
    [
        .. (await fleet.Rest(service).All($"/{collection}", collection))
            .Where(one => which(one.Word("status"))).Select(static one => one.Number("orderId")).Order(),
    ];

    // From the provider's own books, which belong to none of our services.
    private static async Task<IEnumerable<long>> Kept(Fleet fleet)
    {
        await using var books = new SqliteDatabase(
            Path.Combine(fleet.Data, "provider.db"), new SqliteOptions(), [], TimeProvider.System, NullLogger<SqliteDatabase>.Instance);
        return await books.Read(
            static connection => connection.QueryAsync<long>("select order_id from charges where state = 'Approved' order by order_id"), CancellationToken.None);
    }
}
