using System.Diagnostics;
using FoodDelivery.Adapters.Stores.Watching;
using FoodDelivery.Kernel;
using FoodDelivery.Platform.Storage;
using FoodDelivery.Protos.Store.V1;
using FoodDelivery.Stores;
using FoodDelivery.Stores.Ports;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Ticket = FoodDelivery.Stores.Ticket;
using TicketLine = FoodDelivery.Stores.TicketLine;
using TicketStatus = FoodDelivery.Protos.Store.V1.TicketStatus;

namespace FoodDelivery.Tests.Contract.Stores;

public sealed class WatchingTests(RunningStores stores) : IClassFixture<RunningStores>
{
    private static long _lastOrder = 1_000_000;

    [Fact]
    public async Task One_order_is_watched_from_where_it_is_to_its_end_and_again_from_anywhere()
    {
        var order = await stores.Order();
        using var call = Client.WatchTickets(new WatchTicketsRequest { OrderId = order }, Soon);
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        var first = call.ResponseStream.Current;
        Assert.Equal((TicketStatus.OrderGet, 1L, "통닭 🐔"), (first.Ticket.Status, first.Ticket.Version, first.Ticket.Lines[0].Item));

        await Move(order, "receive", "cook", "cooked", "pickup");

        TicketStatus[] rest = [TicketStatus.Receive, TicketStatus.Cook, TicketStatus.Cooked, TicketStatus.Pickup];
        var seen = await All(call);
        Assert.Equal(rest, seen.Select(static change => change.Ticket.Status));
        using var resumed = Client.WatchTickets(new WatchTicketsRequest { OrderId = order, AfterPosition = first.Position }, Soon);
        Assert.Equal(seen, await All(resumed));
        using var late = Client.WatchTickets(new WatchTicketsRequest { OrderId = order }, Soon);
        Assert.Equal(seen[^1..], await All(late));
        using var over = Client.WatchTickets(new WatchTicketsRequest { OrderId = order, AfterPosition = seen[^1].Position }, Soon);
        Assert.Empty(await All(over));
    }

    [Fact]
    public async Task A_store_is_watched_with_its_open_tickets_first()
    {
        var (ended, open) = (await stores.Order(store: 1), await stores.Order(store: 1));
        await Move(ended, "reject");
        using var call = Client.WatchTickets(new WatchTicketsRequest { StoreId = 1 }, Soon);
        var seen = new List<(long Order, TicketStatus Status)>();
        await Until(call, seen, open);

        var (elsewhere, here) = (await stores.Order(store: 2), await stores.Order(store: 1));
        await Move(open, "receive");
        await Until(call, seen, open);

        Assert.DoesNotContain(seen, change => change.Order == ended || change.Order == elsewhere);
        Assert.Equal([(open, TicketStatus.OrderGet), (here, TicketStatus.OrderGet), (open, TicketStatus.Receive)], seen.Where(change => change.Order >= open));
    }

    [Fact]
    public async Task Who_resumes_with_open_tickets_alone_is_told_of_each_once_and_of_what_happens_then()
    {
        var (before, ended, open) = (await stores.Order(store: 3), await stores.Order(store: 3), await stores.Order(store: 3));
        var position = (await Client.WatchTickets(new WatchTicketsRequest { OrderId = before }, Soon).ResponseStream.First()).Position;
        await Move(ended, "reject");
        await Move(open, "receive", "cook");
        using var call = Client.WatchTickets(new WatchTicketsRequest { StoreId = 3, AfterPosition = position, OpenOnly = true }, Soon);
        var seen = new List<(long Order, TicketStatus Status)>();
        await Until(call, seen, open);

        await Move(before, "reject");
        await Until(call, seen, before);

        Assert.Equal([(open, TicketStatus.Cook), (before, TicketStatus.Reject)], seen);
        using var over = Client.WatchTickets(new WatchTicketsRequest { OrderId = ended, OpenOnly = true }, Soon);
        Assert.Empty(await All(over));
    }

    [Fact]
    public async Task Who_resumes_is_answered_before_anything_happens()
    {
        var order = await stores.Order();
        var position = (await Client.WatchTickets(new WatchTicketsRequest { OrderId = order }, Soon).ResponseStream.First()).Position;
        using var resumed = Client.WatchTickets(new WatchTicketsRequest { OrderId = order, AfterPosition = position }, Soon);

        await resumed.ResponseHeadersAsync.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_change_by_another_replica_is_seen()
    {
        var order = await stores.Order();
        var replica = await stores.Replica();
        using var call = Client.WatchTickets(new WatchTicketsRequest { OrderId = order }, Soon);
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));

        (await replica.Rest.Patch($"/deliveries/{order}", new { status = "reject" })).Expect(200);

        Assert.Equal([TicketStatus.Reject], (await All(call)).Select(static change => change.Ticket.Status));
        await replica.DisposeAsync();
    }

    [Fact]
    public async Task A_reader_who_is_too_slow_for_memory_misses_nothing()
    {
        const int count = 1_200;
        await using var watch = Changes.Watch(new TicketSelection(new StoreId(9), null), after: null, Bounded()).GetAsyncEnumerator();
        var first = await Open(store: 9);
        Assert.True(await watch.MoveNextAsync());
        Assert.Equal(first, watch.Current.Ticket.Order);

        var opened = new List<OrderId>();
        for (var number = 0; number < count; number += 100)
            opened.AddRange(await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Open(store: 9))));

        var seen = new List<TicketChange>();
        while (seen.Count < count && await watch.MoveNextAsync())
            seen.Add(watch.Current);

        Assert.Equal(opened.Select(static order => order.Value).Order(), seen.Select(static change => change.Ticket.Order.Value).Order());
        Assert.Equal(seen.Select(static change => change.Position).Order(), seen.Select(static change => change.Position));
    }

    [Fact]
    public async Task Every_reader_sees_every_change_once_while_many_are_made()
    {
        const int count = 300;
        var readers = Enumerable.Range(0, 10).Select(async _ =>
        {
            var seen = new List<(long, long)>();
            await foreach (var change in Changes.Watch(new TicketSelection(new StoreId(8), null), after: 0, Bounded()))
            {
                seen.Add((change.Ticket.Order.Value, change.Ticket.Version));
                if (seen.Count == 2 * count)
                    break;
            }

            return seen;
        }).ToList();

        await Parallel.ForEachAsync(Enumerable.Range(0, count), async (_, _) =>
        {
            var ticket = (await Tickets.Find(await Open(store: 8), CancellationToken.None))!;
            ticket.Accept(TimeProvider.System.GetUtcNow());
            await Tickets.Save(ticket, MessageContext.Command("test"), CancellationToken.None);
        });

        Assert.All(await Task.WhenAll(readers), seen =>
        {
            Assert.Equal(2 * count, seen.Distinct().Count());
            Assert.All(seen.GroupBy(static change => change.Item1), static changes => Assert.Equal([1L, 2L], changes.Select(static change => change.Item2)));
        });
    }

    [Fact]
    public async Task A_change_that_is_seen_before_an_earlier_one_waits_for_it()
    {
        var order = await Open(store: 7);
        await using var watch = Changes.Watch(new TicketSelection(new StoreId(7), null), after: null, Bounded()).GetAsyncEnumerator();
        Assert.True(await watch.MoveNextAsync());
        var position = watch.Current.Position;
        var next = watch.MoveNextAsync().AsTask();

        await Insert(order, position + 2, version: 3);
        await Insert(order, position + 1, version: 2);

        Assert.True(await next);
        Assert.Equal(position + 1, watch.Current.Position);
        Assert.True(await watch.MoveNextAsync());
        Assert.Equal(position + 2, watch.Current.Position);

        // A position that nobody ever uses holds the others up for a while only.
        await Insert(order, position + 4, version: 4);
        Assert.True(await watch.MoveNextAsync());
        Assert.Equal(position + 4, watch.Current.Position);
    }

    [Fact]
    public async Task Tickets_come_in_pages_newest_first()
    {
        var (first, second) = (await stores.Order(store: 6), await stores.Order(store: 6));

        var page = await Client.ListTicketsAsync(new ListTicketsRequest { PageSize = 1, StoreId = 6 }, Soon);
        var last = await Client.ListTicketsAsync(new ListTicketsRequest { PageSize = 1, StoreId = 6, PageToken = page.NextPageToken }, Soon);

        Assert.Equal([second, first], page.Tickets.Concat(last.Tickets).Select(static ticket => ticket.OrderId));
        Assert.Empty(last.NextPageToken);
    }

    [Fact]
    public async Task Commands_are_refused_with_details()
    {
        var order = await stores.Order();
        var key = Guid.NewGuid().ToString();
        var accepted = await Client.AcceptTicketAsync(new AcceptTicketRequest { OrderId = order, RequestId = key }, Soon);

        Assert.Equal(accepted, await Client.AcceptTicketAsync(new AcceptTicketRequest { OrderId = order, RequestId = key }, Soon));
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await Client.RejectTicketAsync(new RejectTicketRequest { OrderId = order }, Soon));
        Assert.Equal((StatusCode.FailedPrecondition, $"Order {order} is already accepted."), (refused.StatusCode, refused.Status.Detail));
        var unknown = await Assert.ThrowsAsync<RpcException>(async () => await Client.GetTicketAsync(new GetTicketRequest { OrderId = 999_999_999 }, Soon));
        Assert.Equal(StatusCode.NotFound, unknown.StatusCode);
        var token = await Assert.ThrowsAsync<RpcException>(async () => await Client.ListTicketsAsync(new ListTicketsRequest { PageToken = "?" }, Soon));
        Assert.Equal(StatusCode.InvalidArgument, token.StatusCode);
    }

    [Fact]
    public async Task A_position_that_there_is_not_yet_is_out_of_range()
    {
        await stores.Order();
        using var call = Client.WatchTickets(new WatchTicketsRequest { AfterPosition = 999_999_999_999 }, Soon);

        var refused = await Assert.ThrowsAsync<RpcException>(() => All(call));

        Assert.Equal(StatusCode.OutOfRange, refused.StatusCode);
        Assert.Matches("^The newest position is [1-9][0-9]*\\.$", refused.Status.Detail);
    }

    [Fact]
    public async Task What_has_been_is_read_by_one_after_the_other_and_not_faster_than_is_allowed()
    {
        using var turns = new ReplayTurns(new ReplayPace(PerSecond: 1_000), TimeProvider.System);
        var (reading, most) = (0, 0);
        IReadOnlyList<TicketChange> full = [.. Enumerable.Repeat<TicketChange>(null!, ReplayTurns.Page)];
        async Task<IReadOnlyList<TicketChange>> Read(int limit)
        {
            most = Math.Max(most, Interlocked.Increment(ref reading));
            await Task.Delay(10);
            Interlocked.Decrement(ref reading);
            return full;
        }

        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, 6).Select(number => turns.Take($"owner {number % 2}", Read, Bounded())));

        Assert.Equal(1, most);
        Assert.InRange(watch.Elapsed.TotalSeconds, 6 * 0.2, 20);
    }

    [Fact]
    public async Task Who_leaves_while_waiting_for_a_turn_is_waited_for_by_nobody()
    {
        using var turns = new ReplayTurns(new ReplayPace(PerSecond: 1_000), TimeProvider.System);
        var first = new TaskCompletionSource<IReadOnlyList<TicketChange>>();
        var held = turns.Take("owner", _ => first.Task, Bounded());
        using var gone = new CancellationTokenSource();
        var waiting = turns.Take("owner", static _ => throw new InvalidOperationException("Nobody is there to read."), gone.Token);
        var last = turns.Take("another", static _ => Task.FromResult<IReadOnlyList<TicketChange>>([]), Bounded());

        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.False(last.IsCompleted);
        first.SetResult([]);

        Assert.Empty(await held);
        Assert.Empty(await last);
    }

    private static CallOptions Soon => new(deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(20));

    private TicketService.TicketServiceClient Client => new(stores.Channel);

    private ITickets Tickets => stores.Services.GetRequiredService<ITickets>();

    private ITicketChanges Changes => stores.Services.GetRequiredService<ITicketChanges>();

    private static CancellationToken Bounded() => new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;

    private static async Task<List<WatchTicketsResponse>> All(AsyncServerStreamingCall<WatchTicketsResponse> call)
    {
        var all = new List<WatchTicketsResponse>();
        while (await call.ResponseStream.MoveNext(CancellationToken.None))
            all.Add(call.ResponseStream.Current);

        return all;
    }

    private static async Task Until(AsyncServerStreamingCall<WatchTicketsResponse> call, List<(long Order, TicketStatus Status)> seen, long order)
    {
        do
        {
            Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
            seen.Add((call.ResponseStream.Current.Ticket.OrderId, call.ResponseStream.Current.Ticket.Status));
        }
        while (seen[^1].Order != order);
    }

    private async Task Move(long order, params string[] statuses)
    {
        foreach (var status in statuses)
            (await stores.Rest.Patch($"/deliveries/{order}", new { status })).Expect(200);
    }

    private async Task<OrderId> Open(long store)
    {
        var slip = new OrderSlip(new OrderId(Interlocked.Increment(ref _lastOrder)), new StoreId(store), [new TicketLine("pie", 1, new Money(1))], "");
        await Tickets.Save(Ticket.Open(slip, delivers: false, TimeProvider.System.GetUtcNow()), MessageContext.Command("test"), CancellationToken.None);
        return slip.Order;
    }

    private Task<WriteResult> Insert(OrderId order, long position, long version) => stores.Services.GetRequiredService<IDatabase>().Write(
        new Batch().Add(
            "insert into ticket_changes (position, order_id, store_id, version, status, reason, changed_at) values (@Position, @OrderId, 7, @Version, 1, '', 0)",
            new { Position = position, OrderId = order.Value, Version = version }),
        CancellationToken.None);
}

/// <summary>What a stream begins with.</summary>
file static class Streams
{
    public static async Task<T> First<T>(this IAsyncStreamReader<T> stream)
    {
        Assert.True(await stream.MoveNext(CancellationToken.None));
        return stream.Current;
    }
}
