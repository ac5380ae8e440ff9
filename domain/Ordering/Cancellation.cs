namespace FoodDelivery.Ordering;

/// <summary>How far an order has been undone, whatever its progress.</summary>
public enum Cancellation
{
    /// <summary>Nobody wants it undone.</summary>
    None,

    /// <summary>The customer has asked; the store decides.</summary>
    Requested,

    /// <summary>The store has rejected the order; the refund follows.</summary>
    Rejected,

    /// <summary>Cancelled; the refund follows.</summary>
    Cancelled,

    /// <summary>The money is back.</summary>
    Refunded,
}

internal static class CancellationRules
{
    /// <summary>What is seen of both: the progress, unless there is something to be undone.</summary>
    public static OrderStatus Over(this Cancellation cancellation, Progress progress) => cancellation switch
    {
        Cancellation.None => progress.AsStatus(),
        Cancellation.Requested => OrderStatus.CancelRequested,
        Cancellation.Rejected => OrderStatus.Rejected,
        Cancellation.Cancelled => OrderStatus.Cancelled,
        Cancellation.Refunded => OrderStatus.Refunded,
        _ => throw new ArgumentOutOfRangeException(nameof(cancellation), cancellation, "No such cancellation."),
    };
}
