using FoodDelivery.Ordering.Ports;

namespace FoodDelivery.Ordering.FollowingTickets;

/// <summary>Moves orders on as their stores do.</summary>
public sealed class FollowingTickets(IOrders orders, TimeProvider clock)
{
    /// <summary>The store has moved its ticket.</summary>
    public Task Handle(TicketMoved happened, MessageContext cause, CancellationToken cancellation) =>
        orders.Change(happened.Order, order => Follow(order, happened, clock.GetUtcNow().TruncateToMilliseconds()), cause, cancellation);

    /// <summary>The store has decided against a cancellation.</summary>
    public Task Handle(CancellationDeclined happened, MessageContext cause, CancellationToken cancellation) =>
        orders.Change(happened.Order, order => order.DeclineCancellation(happened.Reason, clock.GetUtcNow().TruncateToMilliseconds()), cause, cancellation);

    private static void Follow(Order order, TicketMoved happened, DateTimeOffset at)
    {
        switch (happened.Ticket)
        {
            case TicketStatus.Opened:
                break;
            case TicketStatus.Rejected:
                order.Reject(happened.Reason, at);
                break;
            case TicketStatus.Cancelled:
                order.Cancel(happened.Reason, at);
                break;
            default:
                order.Advance(ProgressOf(happened.Ticket), at);
                break;
        }
    }

    private static Progress ProgressOf(TicketStatus ticket) => ticket switch
    {
        TicketStatus.Accepted => Progress.Received,
        TicketStatus.Cooking => Progress.Cooking,
        TicketStatus.Cooked => Progress.Cooked,
        TicketStatus.Delivering => Progress.Delivering,
        TicketStatus.Delivered => Progress.Delivered,
        TicketStatus.PickedUp => Progress.PickedUp,
        _ => throw new ArgumentOutOfRangeException(nameof(ticket), ticket, "A ticket in that state is no progress."),
    };
}
