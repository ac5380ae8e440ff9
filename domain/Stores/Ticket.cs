namespace FoodDelivery.Stores;

/// <summary>A store's copy of an order, from its opening to its hand-over. One per order.</summary>
public sealed class Ticket : Aggregate
{
    private Ticket(OrderSlip slip) => Slip = slip;

    /// <summary>What the store was asked to make.</summary>
    public OrderSlip Slip { get; }

    /// <summary>The order's number.</summary>
    public OrderId Order => Slip.Order;

    /// <summary>Where it is.</summary>
    public TicketStatus Status { get; private set; }

    /// <summary>Why it was rejected or cancelled; else empty.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>When it was opened.</summary>
    public DateTimeOffset OpenedAt { get; private set; }

    /// <summary>When it last moved.</summary>
    public DateTimeOffset ChangedAt { get; private set; }

    /// <summary>Its delivery; null where the customer picks up.</summary>
    public Delivery? Delivery { get; private set; }

    /// <summary>The key of the request that has just accepted it, to be saved with it so that the request can be repeated.</summary>
    public IdempotencyKey? AcceptedUnder { get; private set; }

    /// <summary>An order has arrived at its store.</summary>
    public static Ticket Open(OrderSlip slip, bool delivers, DateTimeOffset now)
    {
        var ticket = new Ticket(slip) { OpenedAt = now.TruncateToMilliseconds(), Delivery = delivers ? Delivery.Awaited : null };
        ticket.Become(TicketStatus.Opened, "", now);
        return ticket;
    }

    /// <summary>A ticket of which nothing is left but what was published, which it must catch up with.</summary>
    public static Ticket Lost(OrderSlip slip, bool delivers) => new(slip) { Delivery = delivers ? Delivery.Awaited : null };

    /// <summary>
    /// Takes over what was published of it after its own version; what has ended stays as it is. It raises what it takes over, for who follows the
    /// ticket here: others have heard of it.
    /// </summary>
    /// <param name="published">Oldest first.</param>
    public void CatchUp(IReadOnlyList<TicketStatusChanged> published)
    {
        foreach (var change in published.Where(change => change.Version > Version))
        {
            if (Status.IsFinal())
                return;

            if (Version == 0)
                OpenedAt = change.At;

            (Status, Version, Reason, ChangedAt) = (change.Status, change.Version, change.Reason, change.At);
            Delivery = DeliveryIn(change.Status, change.At);
            Raise(change with { Delivery = Delivery });
        }
    }

    /// <summary>A ticket as it was saved.</summary>
    public static Ticket Restore(
        OrderSlip slip, TicketStatus status, long version, string reason, DateTimeOffset openedAt, DateTimeOffset changedAt, Delivery? delivery) =>
        new(slip)
        {
            Status = status, Version = version, LoadedVersion = version, Reason = reason,
            OpenedAt = openedAt, ChangedAt = changedAt, Delivery = delivery,
        };

    /// <summary>The owner will cook it.</summary>
    public Result<Unit> Accept(DateTimeOffset now, IdempotencyKey? under = null) =>
        Move(TicketStatus.Accepted, now, then: () => AcceptedUnder = under);

    /// <summary>The owner will not cook it.</summary>
    public Result<Unit> Reject(string reason, DateTimeOffset now) =>
        Move(TicketStatus.Rejected, now, reason, () => Delivery = Delivery?.Cancel());

    /// <summary>The cook begins.</summary>
    public Result<Unit> StartCooking(DateTimeOffset now) => Move(TicketStatus.Cooking, now);

    /// <summary>The food is ready.</summary>
    public Result<Unit> FinishCooking(DateTimeOffset now) => Move(TicketStatus.Cooked, now);

    /// <summary>The food leaves the store.</summary>
    public Result<Unit> StartDelivery(DateTimeOffset now) =>
        LacksDelivery() ?? Move(TicketStatus.Delivering, now, then: () => Delivery = Delivery?.Start(now.TruncateToMilliseconds()));

    /// <summary>The customer has the food.</summary>
    public Result<Unit> FinishDelivery(DateTimeOffset now) =>
        LacksDelivery() ?? Move(TicketStatus.Delivered, now, then: () => Delivery = Delivery?.End(now.TruncateToMilliseconds()));

    /// <summary>The customer has come for the food.</summary>
    public Result<Unit> HandOver(DateTimeOffset now) => Move(TicketStatus.PickedUp, now, then: () => Delivery = Delivery?.Cancel());

    /// <summary>
    /// The customer asks to cancel: the store gives way as long as its rule says, and else declines with a reason. Every request gets
    /// one of the two answers; a ticket that is cancelled already has given it.
    /// </summary>
    public void DecideOnCancellation(CancellationRule rule, string reason, DateTimeOffset now)
    {
        if (Status == TicketStatus.Cancelled)
            return;

        if (MayCancel(rule))
            Void(reason, now);
        else
            Raise(new CancellationDeclined(Order, Slip.Store, $"The order is already {TicketTransitions.Phrase(Status)}.", TicketTransitions.AlreadyCode(Status)));
    }

    /// <summary>The order is cancelled, whatever the store thinks of it; nothing happens to a ticket that has ended.</summary>
    public void Void(string reason, DateTimeOffset now) =>
        Move(TicketStatus.Cancelled, now, reason, () => Delivery = Delivery?.Cancel());

    private Delivery? DeliveryIn(TicketStatus status, DateTimeOffset since) => status switch
    {
        // A store that is unknown by now may have delivered.
        TicketStatus.Delivering => (Delivery ?? Delivery.Awaited).Start(since),
        TicketStatus.Delivered => (Delivery ?? Delivery.Awaited).End(since),
        TicketStatus.Rejected or TicketStatus.Cancelled or TicketStatus.PickedUp => Delivery?.Cancel(),
        _ => Delivery,
    };

    private Result<Unit>? LacksDelivery()
    {
        if (Delivery is not null || Status.IsFinal())
            return null;

        return Error.Conflict("STORE_DOES_NOT_DELIVER", $"Order {Order} is picked up by the customer: the store does not deliver.") with { Order = Order };
    }

    private bool MayCancel(CancellationRule rule) => rule switch
    {
        CancellationRule.UntilAccepted => Status == TicketStatus.Opened,
        _ => !Status.IsFinal() && Status != TicketStatus.Delivering,
    };

    private Result<Unit> Move(TicketStatus to, DateTimeOffset now, string reason = "", Action? then = null)
    {
        if (TicketTransitions.Refusal(Order, Status, to) is { } refusal)
            return refusal;

        then?.Invoke();
        Become(to, reason, now);
        return Unit.Value;
    }

    private void Become(TicketStatus status, string reason, DateTimeOffset now)
    {
        (Status, Reason, ChangedAt) = (status, reason, now.TruncateToMilliseconds());
        Version++;
        Raise(new TicketStatusChanged(Order, Slip.Store, status, Version, reason, ChangedAt, Delivery));
    }
}

/// <summary>What the store was asked to make, and for where. Never changes.</summary>
/// <param name="Order">The order's number, which is also the ticket's.</param>
/// <param name="Store">Whose ticket it is.</param>
/// <param name="Lines">At least one.</param>
/// <param name="Address">Where to deliver; may be empty.</param>
public sealed record OrderSlip(OrderId Order, StoreId Store, IReadOnlyList<TicketLine> Lines, string Address)
{
    /// <summary>The lines summed.</summary>
    public Money Total => Lines.Aggregate(Money.Zero, static (sum, line) => sum + (line.Price * line.Quantity));
}

/// <summary>One dish of an order.</summary>
/// <param name="Item">As the customer wrote it.</param>
/// <param name="Quantity">How many.</param>
/// <param name="Price">Of one.</param>
public sealed record TicketLine(string Item, int Quantity, Money Price);
