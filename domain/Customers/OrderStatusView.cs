namespace FoodDelivery.Customers;

/// <summary>Where an order is, and how it came there.</summary>
/// <param name="OrderId">The order's number.</param>
/// <param name="StoreId">The store that it was placed with.</param>
/// <param name="CustomerId">Who placed it; empty if nobody said.</param>
/// <param name="Lines">What was ordered.</param>
/// <param name="Total">What it costs altogether.</param>
/// <param name="PaymentId">The payment's number; 0 where there is none.</param>
/// <param name="History">Every change, each once, in the order of their versions; at least one.</param>
public sealed record OrderStatusView(
    OrderId OrderId,
    StoreId StoreId,
    string CustomerId,
    IReadOnlyList<OrderLine> Lines,
    Money Total,
    long PaymentId,
    IReadOnlyList<StatusChange> History)
{
    /// <summary>What the store takes for bringing it, in the total; nothing where there was no fee yet.</summary>
    public Money DeliveryFee { get; init; }

    /// <summary>What is taken off in the total.</summary>
    public Money Discount { get; init; }

    /// <summary>The newest change.</summary>
    public StatusChange Current => History[^1];

    /// <summary>The status now.</summary>
    public OrderStatus Status => Current.Status;

    /// <summary>The newest change's version.</summary>
    public long Version => Current.Version;

    /// <summary>Why it is where it is; empty where there is nothing to say.</summary>
    public string Reason => Current.Reason;

    /// <summary>The view of an order of which nothing was known before.</summary>
    public static OrderStatusView Of(OrderStatusChanged first) => new(
        first.OrderId, first.StoreId, first.CustomerId, first.Lines, first.Total, first.PaymentId, [first.Change])
    {
        DeliveryFee = first.DeliveryFee, Discount = first.Discount,
    };

    /// <summary>
    /// The view once it knows of a change. What it knows already changes nothing; only a newer change moves the order on; an older one
    /// that it has missed takes its place in the history. So changes may come repeatedly and in any order, and the view is the same.
    /// </summary>
    public OrderStatusView After(OrderStatusChanged changed)
    {
        if (changed.Change.Version > Version)
            return Of(changed) with { History = [.. History, changed.Change] };
        if (History.Any(known => known.Version == changed.Change.Version))
            return this;
        return this with { History = [.. History.Append(changed.Change).OrderBy(static known => known.Version)] };
    }

    /// <summary>What is left of it once the customer is forgotten.</summary>
    public OrderStatusView Erased() => this with { History = [.. History.Select(static change => change with { Reason = ErasedText.Of(change.Reason) })] };

    /// <summary>The changes after a version, oldest first.</summary>
    public IEnumerable<StatusChange> ChangesAfter(long version) => History.Where(change => change.Version > version);
}

/// <summary>One change of an order's status.</summary>
/// <param name="Version">Counts the order's changes without a gap; the first is 1.</param>
/// <param name="Status">The status from then on.</param>
/// <param name="Reason">Why it was rejected, cancelled or not cancelled; empty where there is nothing to say.</param>
/// <param name="At">When it changed.</param>
public sealed record StatusChange(long Version, OrderStatus Status, string Reason, DateTimeOffset At);

/// <summary>One dish of an order.</summary>
/// <param name="Item">As the customer wrote it.</param>
/// <param name="Quantity">How many, from 1.</param>
/// <param name="UnitPrice">The price of one.</param>
/// <param name="DishId">Its number on the store's menu; 0 if it has none.</param>
public sealed record OrderLine(string Item, int Quantity, Money UnitPrice, long DishId);

/// <summary>A page of a collection that may be too large to be counted.</summary>
/// <param name="Items">The page.</param>
/// <param name="Total">How many there are altogether, as far as they were counted.</param>
/// <param name="Capped">Whether there are more than were counted.</param>
public sealed record Listed<T>(IReadOnlyList<T> Items, long Total, bool Capped);

/// <summary>Counting that costs no scan.</summary>
public static class Listed
{
    /// <summary>Stores count one more at the most, to know that there are more.</summary>
    public const int MaxCounted = 10_000;

    /// <summary>A page with what the store has counted.</summary>
    public static Listed<T> Of<T>(IReadOnlyList<T> items, long counted) =>
        new(items, Math.Min(counted, MaxCounted), counted > MaxCounted);
}
