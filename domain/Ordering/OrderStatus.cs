namespace FoodDelivery.Ordering;

/// <summary>Where an order is, in one word: what customers, views and notifications are told.</summary>
public enum OrderStatus
{
    /// <summary>Paid; the store has not answered yet.</summary>
    PaySuccess,

    /// <summary>The payment was declined; the order does not exist. Final.</summary>
    PayFail,

    /// <summary>The store has accepted.</summary>
    Received,

    /// <summary>Being cooked.</summary>
    Cooking,

    /// <summary>Ready to be handed over.</summary>
    Cooked,

    /// <summary>On its way.</summary>
    Delivering,

    /// <summary>Brought to the customer. Final.</summary>
    Delivered,

    /// <summary>Fetched by the customer. Final.</summary>
    PickedUp,

    /// <summary>The store has rejected it; the refund follows.</summary>
    Rejected,

    /// <summary>The customer has asked to cancel; the store decides.</summary>
    CancelRequested,

    /// <summary>The store does not give way; the status before follows at once.</summary>
    CancelDeclined,

    /// <summary>Cancelled; the refund follows.</summary>
    Cancelled,

    /// <summary>The money is back. Final.</summary>
    Refunded,
}

/// <summary>How far the store has come with an order, whatever becomes of a cancellation meanwhile. It only ever grows.</summary>
public enum Progress
{
    /// <summary>Paid; the store has not answered yet.</summary>
    Paid,

    /// <summary>Accepted by the store.</summary>
    Received,

    /// <summary>Being cooked.</summary>
    Cooking,

    /// <summary>Ready to be handed over.</summary>
    Cooked,

    /// <summary>On its way.</summary>
    Delivering,

    /// <summary>Brought to the customer: the end.</summary>
    Delivered,

    /// <summary>Fetched by the customer: the other end.</summary>
    PickedUp,
}

internal static class ProgressRules
{
    public static bool IsTheEnd(this Progress progress) => progress is Progress.Delivered or Progress.PickedUp;

    public static bool Follows(this Progress later, Progress earlier) => later > earlier && !earlier.IsTheEnd();

    public static OrderStatus AsStatus(this Progress progress) => progress switch
    {
        Progress.Paid => OrderStatus.PaySuccess,
        Progress.Received => OrderStatus.Received,
        Progress.Cooking => OrderStatus.Cooking,
        Progress.Cooked => OrderStatus.Cooked,
        Progress.Delivering => OrderStatus.Delivering,
        Progress.Delivered => OrderStatus.Delivered,
        Progress.PickedUp => OrderStatus.PickedUp,
        _ => throw new ArgumentOutOfRangeException(nameof(progress), progress, "No such progress."),
    };
}

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
