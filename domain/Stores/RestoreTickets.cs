using FoodDelivery.Stores.Ports;

namespace FoodDelivery.Stores;

/// <summary>Brings back what the stores' database has lost, from everything that has been published.</summary>
/// <param name="restorations">Which there are.</param>
/// <param name="history">What has happened.</param>
/// <param name="clock">When it was begun.</param>
public sealed class RestoreTicketsHandler(ITicketRestorations restorations, ITicketHistory history, TimeProvider clock) : RebuildHandler(restorations, clock)
{
    /// <inheritdoc/>
    protected override async Task Replay(CancellationToken cancellation)
    {
        await history.ReplayStores(cancellation);
        await history.ReplayOrders(cancellation);
    }
}

/// <summary>What one event of the past means to a restoration. All of it may be repeated, and what is there and as new is left alone.</summary>
public sealed class RestoreFromEventsHandler(
    ITickets tickets, IStores stores, IMenus menus, ITicketRestorations restorations, OpenTicketHandler open, DecideOnCancellationHandler decide)
{
    /// <summary>A ticket was opened or moved on: kept until its order is met.</summary>
    public Task Handle(TicketStatusChanged published, CancellationToken cancellation) => restorations.Keep(published, cancellation);

    /// <summary>A store was opened, or is something else: so it is, unless something newer is known.</summary>
    public Task Handle(StoreChanged published, CancellationToken cancellation) => Concurrency.RetryOnConflict(async () =>
    {
        var store = await stores.Find(published.Store, cancellation) ?? Store.Lost(published);
        if (store.CatchUp(published))
            await stores.Save(store, MessageContext.Command("restoration"), cancellation);

        return Unit.Value;
    });

    /// <summary>A menu was handed in: it is the store's, unless a newer one is.</summary>
    public Task Handle(MenuChanged published, CancellationToken cancellation) => Concurrency.RetryOnConflict(async () =>
    {
        var menu = await menus.Find(published.Store, cancellation) ?? Menu.Blank(published.Store);
        if (menu.CatchUp(published))
            await menus.Save(menu, MessageContext.Command("restoration"), cancellation);

        return Unit.Value;
    });

    /// <summary>An order was placed: its ticket is brought to where it was published to be, and opened if nothing was ever published of it.</summary>
    public async Task Handle(OpenTicket command, MessageContext context, CancellationToken cancellation)
    {
        var published = await restorations.Kept(command.Slip.Order, cancellation);
        if (published.Count == 0)
        {
            await open.Handle(command, context, cancellation);
            return;
        }

        await Concurrency.RetryOnConflict(async () =>
        {
            var ticket = await tickets.Find(command.Slip.Order, cancellation)
                ?? Ticket.Lost(command.Slip, await stores.Find(command.Slip.Store, cancellation) is { Delivers: true });
            ticket.CatchUp(published);
            if (ticket.Raised.Count > 0)
                await tickets.SaveUnpublished(ticket, cancellation);

            return Unit.Value;
        });
    }

    /// <summary>The customer asked to cancel: answered unless the ticket has ended since.</summary>
    public async Task Handle(DecideOnCancellation command, MessageContext context, CancellationToken cancellation)
    {
        if (await tickets.Find(command.Order, cancellation) is not { } ticket || !ticket.Status.IsFinal())
            await decide.Handle(command, context, cancellation);
    }
}
