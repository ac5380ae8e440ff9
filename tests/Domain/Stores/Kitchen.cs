using FoodDelivery.Kernel;
using FoodDelivery.Stores;

namespace FoodDelivery.Tests.Domain.Stores;

/// <summary>Whatever can happen to a ticket.</summary>
public enum Step
{
    Place,
    Accept,
    Reject,
    StartCooking,
    FinishCooking,
    StartDelivery,
    FinishDelivery,
    HandOver,
    AskToCancel,
    Cancel,
}

/// <summary>One order at one store, driven through the use cases as the adapters drive them.</summary>
internal sealed class Kitchen
{
    public static readonly OrderId Order = new(7);
    private static readonly StoreId Place = new(1);
    private readonly InMemoryStores _stores = new();
    private int _causes;

    /// <summary>For whom the owner's commands are.</summary>
    public AccessScope Scope { get; set; } = AccessScope.Everything;

    public InMemoryTickets Tickets { get; } = new();

    public IEnumerable<TicketStatusChanged> Moves => Tickets.Published.OfType<TicketStatusChanged>();

    public IEnumerable<CancellationDeclined> Declined => Tickets.Published.OfType<CancellationDeclined>();

    public IEnumerable<TicketStatus> Statuses => Moves.Select(static move => move.Status);

    public static Kitchen Restaurant() => With(StoreKind.Restaurant, CancellationRule.UntilDeliveryStarted);

    public static Kitchen Cafe() => With(StoreKind.Cafe, CancellationRule.UntilAccepted);

    public static Kitchen With(StoreKind kind, CancellationRule rule, bool autoAccept = false)
    {
        var kitchen = new Kitchen();
        kitchen._stores.Put(Store.Open(Place, new StoreProfile("Store", kind, rule) { AutoAccept = autoAccept }));
        return kitchen;
    }

    public static Kitchen WithoutStore() => new();

    public async Task<Kitchen> Given(params Step[] steps)
    {
        foreach (var step in steps)
            Assert.Null(await When(step));

        return this;
    }

    public Task<Ticket?> Ticket() => Tickets.Find(Order, CancellationToken.None);

    public Task<Result<Ticket>> Accept(IdempotencyKey key, OrderId? order = null) =>
        new AcceptTicketHandler(Tickets, TimeProvider.System).Handle(new AcceptTicket(order ?? Order, key), Scope, Command(), CancellationToken.None);

    /// <summary>The refusal, or null if there was none.</summary>
    public async Task<Error?> When(Step step)
    {
        var (clock, none) = (TimeProvider.System, CancellationToken.None);
        switch (step)
        {
            case Step.Place:
                var slip = new OrderSlip(Order, Place, [new TicketLine("chicken", 2, new Money(18_000))], "Seoul");
                await new OpenTicketHandler(Tickets, _stores, clock).Handle(new OpenTicket(slip), Event(), none);
                return null;
            case Step.Accept:
                return (await new AcceptTicketHandler(Tickets, clock).Handle(new AcceptTicket(Order), Scope, Command(), none)).Error;
            case Step.Reject:
                return (await new RejectTicketHandler(Tickets, clock).Handle(new RejectTicket(Order, "no gas"), Scope, Command(), none)).Error;
            case Step.StartCooking:
                return (await new MoveTicketHandler(Tickets, clock).Handle(new MoveTicket(Order, TicketMove.StartCooking), Scope, Command(), none)).Error;
            case Step.FinishCooking:
                return (await new MoveTicketHandler(Tickets, clock).Handle(new MoveTicket(Order, TicketMove.FinishCooking), Scope, Command(), none)).Error;
            case Step.StartDelivery:
                return (await new MoveTicketHandler(Tickets, clock).Handle(new MoveTicket(Order, TicketMove.StartDelivery), Scope, Command(), none)).Error;
            case Step.FinishDelivery:
                return (await new MoveTicketHandler(Tickets, clock).Handle(new MoveTicket(Order, TicketMove.FinishDelivery), Scope, Command(), none)).Error;
            case Step.HandOver:
                return (await new MoveTicketHandler(Tickets, clock).Handle(new MoveTicket(Order, TicketMove.HandOver), Scope, Command(), none)).Error;
            case Step.AskToCancel:
                await new DecideOnCancellationHandler(Tickets, _stores, clock).Handle(new DecideOnCancellation(Order, "too long"), Event(), none);
                return null;
            default:
                await new VoidTicketHandler(Tickets, clock).Handle(new VoidTicket(Order, "refunded"), Event(), none);
                return null;
        }
    }

    private MessageContext Command() => MessageContext.Command($"command-{++_causes}");

    private MessageContext Event() => MessageContext.Event($"event-{++_causes}", "store-orders");
}
