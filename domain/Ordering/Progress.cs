namespace FoodDelivery.Ordering;

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
