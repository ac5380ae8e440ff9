namespace FoodDelivery.Ordering.FollowingTickets;

/// <summary>The store has opened its ticket for an order, or moved it on.</summary>
/// <param name="Order">The order's number.</param>
/// <param name="Ticket">Where the ticket now is.</param>
/// <param name="Reason">The store's; may be empty.</param>
public sealed record TicketMoved(OrderId Order, TicketStatus Ticket, string Reason);

/// <summary>The store does not give way to a request to cancel.</summary>
/// <param name="Order">The order's number.</param>
/// <param name="Reason">Why; may be empty.</param>
public sealed record CancellationDeclined(OrderId Order, string Reason);

/// <summary>Where a store's ticket is.</summary>
public enum TicketStatus
{
    /// <summary>Arrived; the owner has not answered yet.</summary>
    Opened,

    /// <summary>Accepted.</summary>
    Accepted,

    /// <summary>Rejected. Final.</summary>
    Rejected,

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

    /// <summary>Cancelled. Final.</summary>
    Cancelled,
}
