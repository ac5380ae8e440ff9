using FoodDelivery.Protos.Customer.V1;
using FoodDelivery.Protos.Ordering.V1;
using FoodDelivery.Protos.Store.V1;
using Grpc.Core;
using Xunit.Abstractions;

namespace FoodDelivery.Tests.EndToEnd;

/// <summary>Watchers see the current state first, then each change as it happens, once and in order.</summary>
public sealed class WatchingTests(RunningLocal local, ITestOutputHelper output) : LocalTests(local, output)
{
    private static readonly string[] Moves = ["receive", "cook", "cooked", "ship", "deliver"];

    [Fact]
    public async Task An_order_is_watched_from_where_it_is_to_its_end()
    {
        var order = await Chicken();
        await order.Moves("receive");
        await order.Shows("order_received");
        using var call = Views.WatchOrder(new WatchOrderRequest { OrderId = order.Id }, Soon);
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        var first = call.ResponseStream.Current.Change;
        Assert.Equal((2L, OrderStatus.OrderReceived), (first.Version, first.Status));

        await order.Moves("cook", "cooked", "ship", "deliver");

        var rest = await Rest(call.ResponseStream);
        Assert.Equal(
            [OrderStatus.Cooking, OrderStatus.Cooked, OrderStatus.Delivering, OrderStatus.Delivered],
            rest.Select(static seen => seen.Change.Status));
        Assert.Equal([3L, 4L, 5L, 6L], rest.Select(static seen => seen.Change.Version));
    }

    [Fact]
    public async Task A_watcher_resumes_after_what_it_has_seen()
    {
        var order = await Chicken();
        await order.Moves(Moves);
        await order.Shows("delivered");

        using var call = Views.WatchOrder(new WatchOrderRequest { OrderId = order.Id, AfterVersion = 2 }, Soon);

        Assert.Equal([3L, 4L, 5L, 6L], (await Rest(call.ResponseStream)).Select(static seen => seen.Change.Version));
    }

    [Fact]
    public async Task Many_watchers_see_every_change_once()
    {
        var order = await Chicken();
        await order.Shows("pay_success");
        var watchers = Enumerable.Range(0, 20).Select(async _ =>
        {
            using var call = Views.WatchOrder(new WatchOrderRequest { OrderId = order.Id, AfterVersion = 0 }, Soon);
            return (await Rest(call.ResponseStream)).Select(static seen => seen.Change.Version).ToList();
        }).ToList();

        await order.Moves(Moves);

        Assert.All(await Task.WhenAll(watchers), static versions => Assert.Equal([1L, 2L, 3L, 4L, 5L, 6L], versions));
    }

    [Fact]
    public async Task A_cancelled_order_is_watched_until_its_refund()
    {
        var order = await Chicken();
        await order.Ticket();
        using var call = Views.WatchOrder(new WatchOrderRequest { OrderId = order.Id, AfterVersion = 0 }, Soon);

        (await order.AskToCancel()).ExpectSuccess();

        Assert.Equal(
            [OrderStatus.PaySuccess, OrderStatus.CancelRequested, OrderStatus.OrderCancel, OrderStatus.Refunded],
            (await Rest(call.ResponseStream)).Select(static seen => seen.Change.Status));
    }

    [Fact]
    public async Task A_ticket_is_watched_to_its_end()
    {
        var order = await Chicken();
        await order.Ticket();
        using var call = Tickets.WatchTickets(new WatchTicketsRequest { OrderId = order.Id }, Soon);
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(TicketStatus.OrderGet, call.ResponseStream.Current.Ticket.Status);
        var position = call.ResponseStream.Current.Position;

        await order.Moves(Moves);

        TicketStatus[] changes = [TicketStatus.Receive, TicketStatus.Cook, TicketStatus.Cooked, TicketStatus.Ship, TicketStatus.Deliver];
        Assert.Equal(changes, (await Rest(call.ResponseStream)).Select(static seen => seen.Ticket.Status));
        using var resumed = Tickets.WatchTickets(new WatchTicketsRequest { OrderId = order.Id, AfterPosition = position }, Soon);
        Assert.Equal(changes, (await Rest(resumed.ResponseStream)).Select(static seen => seen.Ticket.Status));
    }

    [Fact]
    public async Task An_owner_watches_all_tickets_of_the_store()
    {
        using var call = Tickets.WatchTickets(new WatchTicketsRequest { StoreId = 3, AfterPosition = await LastPosition() }, Soon);

        var order = await Place(new { item = "cake" });
        await order.Moves("receive");

        var seen = new List<TicketStatus>();
        while (seen.Count < 2 && await call.ResponseStream.MoveNext(CancellationToken.None))
        {
            if (call.ResponseStream.Current.Ticket.OrderId == order.Id)
                seen.Add(call.ResponseStream.Current.Ticket.Status);
        }

        Assert.Equal([TicketStatus.OrderGet, TicketStatus.Receive], seen);
    }

    private static CallOptions Soon => new(deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(20));

    private OrderStatusService.OrderStatusServiceClient Views => new(Fleet.Channel("Customer"));

    private TicketService.TicketServiceClient Tickets => new(Fleet.Channel("Store"));

    private static async Task<List<T>> Rest<T>(IAsyncStreamReader<T> stream)
    {
        var all = new List<T>();
        while (await stream.MoveNext(CancellationToken.None))
            all.Add(stream.Current);
        return all;
    }

    private async Task<long> LastPosition()
    {
        var order = await Place(new { item = "cake" });
        await order.Ticket();
        using var call = Tickets.WatchTickets(new WatchTicketsRequest { OrderId = order.Id }, Soon);
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        return call.ResponseStream.Current.Position;
    }
}
