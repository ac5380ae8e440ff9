using FoodDelivery.Kernel;
using FoodDelivery.Stores;
using FoodDelivery.Stores.Ports;

namespace FoodDelivery.Tests.Domain.Stores;

/// <summary>The tickets' database is lost, or older than what was published: what the events of the past bring back.</summary>
public sealed class RestorationTests
{
    private static readonly OrderSlip Slip = new(Kitchen.Order, new StoreId(1), [new TicketLine("chicken", 2, new Money(18_000))], "Seoul");
    private static readonly DateTimeOffset At = DateTimeOffset.UnixEpoch.AddDays(20_000);

    [Fact]
    public async Task A_lost_ticket_is_where_it_was_published_to_be_and_is_not_published_again()
    {
        var past = new Past();

        await past.Published(TicketStatus.Opened, TicketStatus.Accepted, TicketStatus.Cooking, TicketStatus.Cooked, TicketStatus.Delivering);
        await past.Placed();

        var ticket = await past.Ticket();
        Assert.Equal((TicketStatus.Delivering, 5L, At.AddMinutes(1), At.AddMinutes(5)), (ticket.Status, ticket.Version, ticket.OpenedAt, ticket.ChangedAt));
        Assert.Equal(new Delivery(DeliveryStatus.UnderWay, At.AddMinutes(5), null), ticket.Delivery);
        Assert.Empty(past.Tickets.Published);
    }

    [Fact]
    public async Task A_ticket_that_was_never_published_is_opened_and_ends_as_its_order_has()
    {
        var past = new Past();

        await past.Placed();
        await past.Cancelled();

        Assert.Equal(TicketStatus.Cancelled, (await past.Ticket()).Status);
        Assert.Equal([TicketStatus.Opened, TicketStatus.Cancelled], past.Tickets.Published.Cast<TicketStatusChanged>().Select(static change => change.Status));
    }

    [Fact]
    public async Task A_request_to_cancel_that_nobody_has_decided_on_is_decided_and_one_after_the_end_is_not()
    {
        var (undecided, ended) = (new Past(), new Past());

        await undecided.Placed();
        await undecided.AskedToCancel();
        await ended.Published(TicketStatus.Opened, TicketStatus.Rejected);
        await ended.Placed();
        await ended.AskedToCancel();

        Assert.Equal(TicketStatus.Cancelled, (await undecided.Ticket()).Status);
        Assert.Equal(TicketStatus.Rejected, (await ended.Ticket()).Status);
        Assert.Empty(ended.Tickets.Published);
    }

    [Fact]
    public async Task What_is_there_and_as_new_is_left_alone_and_what_is_older_catches_up()
    {
        var past = new Past();
        await past.Published(TicketStatus.Opened, TicketStatus.Accepted);
        await past.Placed();
        var before = await past.Ticket();

        await past.Placed();
        Assert.Equal((before.Version, before.ChangedAt), ((await past.Ticket()).Version, (await past.Ticket()).ChangedAt));

        await past.Published(TicketStatus.Opened, TicketStatus.Accepted, TicketStatus.Cooking);
        await past.Placed();

        Assert.Equal((TicketStatus.Cooking, 3L), ((await past.Ticket()).Status, (await past.Ticket()).Version));
        Assert.Equal(before.OpenedAt, (await past.Ticket()).OpenedAt);
    }

    [Fact]
    public async Task A_ticket_that_has_ended_here_does_not_go_on_there()
    {
        var past = new Past();
        await past.Published(TicketStatus.Opened);
        await past.Placed();
        await past.Cancelled();

        await past.Published(TicketStatus.Opened, TicketStatus.Accepted, TicketStatus.Cooking);
        await past.Placed();

        Assert.Equal(TicketStatus.Cancelled, (await past.Ticket()).Status);
    }

    [Fact]
    public async Task The_newest_menu_comes_back_and_no_number_of_a_dish_is_given_twice()
    {
        var past = new Past();

        await past.Menu(revision: 6, dish: 9);
        await past.Menu(revision: 7, dish: 4);
        await past.Menu(revision: 2, dish: 1);

        var menu = (await past.Menus.Find(new StoreId(1), default))!;
        Assert.Equal((7L, 9L, 4L), (menu.Version, menu.LastDishId, Assert.Single(menu.Dishes).Id));
        Assert.Empty(past.Menus.Published);
    }

    private sealed class Past : ITicketRestorations
    {
        private readonly List<TicketStatusChanged> _kept = [];
        private readonly InMemoryStores _stores = new();
        private readonly RestoreFromEventsHandler _restore;
        private int _events;

        public Past()
        {
            _stores.Put(Store.Open(new StoreId(1), new StoreProfile("Store", StoreKind.Restaurant, CancellationRule.UntilDeliveryStarted)));
            _restore = new RestoreFromEventsHandler(
                Tickets, _stores, Menus, this, new OpenTicketHandler(Tickets, _stores, TimeProvider.System),
                new DecideOnCancellationHandler(Tickets, _stores, TimeProvider.System));
        }

        public InMemoryTickets Tickets { get; } = new();

        public InMemoryMenus Menus { get; } = new();

        public async Task<Ticket> Ticket() => (await Tickets.Find(Kitchen.Order, default))!;

        public async Task Published(params TicketStatus[] statuses)
        {
            for (var version = 1; version <= statuses.Length; version++)
            {
                await _restore.Handle(
                    new TicketStatusChanged(Kitchen.Order, new StoreId(1), statuses[version - 1], version, "", At.AddMinutes(version), Delivery: null), default);
            }
        }

        public Task Placed() => _restore.Handle(new OpenTicket(Slip), Event(), default);

        public Task AskedToCancel() => _restore.Handle(new DecideOnCancellation(Kitchen.Order, "too long"), Event(), default);

        public Task Cancelled() => new VoidTicketHandler(Tickets, TimeProvider.System).Handle(new VoidTicket(Kitchen.Order, "refunded"), Event(), default);

        public Task Menu(long revision, long dish) => _restore.Handle(
            new MenuChanged(new StoreId(1), [new Dish(dish, [DishName.Of("chicken")], new Money(18_000), OpenPriced: false, SoldOut: false)], revision), default);

        public Task Keep(TicketStatusChanged published, CancellationToken cancellation)
        {
            if (!_kept.Exists(known => known.Version == published.Version))
                _kept.Add(published);

            return Task.CompletedTask;
        }

        public Task<IReadOnlyList<TicketStatusChanged>> Kept(OrderId order, CancellationToken cancellation) =>
            Task.FromResult<IReadOnlyList<TicketStatusChanged>>(_kept);

        public Task<RebuildUnderWay> BeginRebuild(DateTimeOffset now, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<RebuildUnderWay?> CurrentRebuild(CancellationToken cancellation) => throw new NotSupportedException();

        public Task CompleteRebuild(RebuildUnderWay restoration, CancellationToken cancellation) => throw new NotSupportedException();

        private MessageContext Event() => MessageContext.Event($"event-{++_events}", "store-orders");
    }
}
