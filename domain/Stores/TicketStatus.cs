namespace FoodDelivery.Stores;

/// <summary>Where a ticket is. The numbers are stored.</summary>
public enum TicketStatus
{
    /// <summary>The owner has not answered yet.</summary>
    Arrived = 1,

    /// <summary>The owner will cook it.</summary>
    Accepted = 2,

    /// <summary>The owner will not cook it. Final.</summary>
    Rejected = 3,

    /// <summary>Being cooked.</summary>
    Cooking = 4,

    /// <summary>Ready to be delivered or picked up.</summary>
    Cooked = 5,

    /// <summary>On its way.</summary>
    Delivering = 6,

    /// <summary>With the customer. Final.</summary>
    Delivered = 7,

    /// <summary>The customer came for it. Final.</summary>
    PickedUp = 8,

    /// <summary>The order was cancelled. Final.</summary>
    Cancelled = 9,
}

/// <summary>What can be said of a status alone.</summary>
public static class TicketStatusExtensions
{
    /// <summary>Whether a ticket in this status never moves again.</summary>
    public static bool IsFinal(this TicketStatus status) =>
        status is TicketStatus.Rejected or TicketStatus.Delivered or TicketStatus.PickedUp or TicketStatus.Cancelled;
}
