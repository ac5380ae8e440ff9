namespace FoodDelivery.Stores;

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

/// <summary>How the food gets to the customer: the store's own part of a ticket.</summary>
/// <param name="Status">Where it is.</param>
/// <param name="StartedAt">When the food left the store.</param>
/// <param name="EndedAt">When the customer had it.</param>
public sealed record Delivery(DeliveryStatus Status, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt)
{
    /// <summary>The food has not left yet.</summary>
    public static readonly Delivery Awaited = new(DeliveryStatus.Awaited, null, null);

    internal Delivery Start(DateTimeOffset now) => this with { Status = DeliveryStatus.UnderWay, StartedAt = now };

    internal Delivery End(DateTimeOffset now) => this with { Status = DeliveryStatus.Ended, EndedAt = now };

    internal Delivery Cancel() => this with { Status = DeliveryStatus.Cancelled };
}

/// <summary>Where a delivery is. The numbers are stored.</summary>
public enum DeliveryStatus
{
    /// <summary>The food has not left the store.</summary>
    Awaited = 1,

    /// <summary>On its way.</summary>
    UnderWay = 2,

    /// <summary>With the customer.</summary>
    Ended = 3,

    /// <summary>Not needed any more: the order was rejected or cancelled, or the customer came for it.</summary>
    Cancelled = 4,
}

/// <summary>A key that a caller gave a request, so that it can be repeated safely. It belongs to that caller alone.</summary>
/// <param name="Caller">Who asked.</param>
/// <param name="Value">The key.</param>
public sealed record RequestKey(string Caller, string Value);
