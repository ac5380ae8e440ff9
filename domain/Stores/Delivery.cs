namespace FoodDelivery.Stores;

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
