using FoodDelivery.Ordering;
using Proto = FoodDelivery.Protos.Store.V1;

namespace FoodDelivery.Adapters.Ordering.Messaging;

/// <summary>Tickets as the store publishes them.</summary>
internal static class TicketMessages
{
    public static TicketStatus Status(Proto.TicketStatus status) => status switch
    {
        Proto.TicketStatus.OrderGet => TicketStatus.Opened,
        Proto.TicketStatus.Receive => TicketStatus.Accepted,
        Proto.TicketStatus.Reject => TicketStatus.Rejected,
        Proto.TicketStatus.Cook => TicketStatus.Cooking,
        Proto.TicketStatus.Cooked => TicketStatus.Cooked,
        Proto.TicketStatus.Ship => TicketStatus.Delivering,
        Proto.TicketStatus.Deliver => TicketStatus.Delivered,
        Proto.TicketStatus.Pickup => TicketStatus.PickedUp,
        Proto.TicketStatus.OrderCanceled => TicketStatus.Cancelled,
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "A ticket's status that this version does not know."),
    };
}
