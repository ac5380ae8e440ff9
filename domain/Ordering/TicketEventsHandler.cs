using FoodDelivery.Ordering.Ports;

namespace FoodDelivery.Ordering;

/// <summary>Moves orders on as their stores do.</summary>
public sealed class TicketEventsHandler(IOrders orders, TimeProvider clock)
{
    /// <summary>The store has moved its ticket.</summary>
    public Task Handle(TicketMoved happened, MessageContext cause, CancellationToken cancellation) =>
        orders.Change(happened.Order, order => Follow(order, happened, clock.GetUtcNow().TruncateToMilliseconds()), cause, cancellation);

    /// <summary>The store has decided against a cancellation.</summary>
    public Task Handle(CancellationDeclined happened, MessageContext cause, CancellationToken cancellation) =>
        orders.Change(
            happened.Order,
            order => order.DeclineCancellation(happened.Reason, clock.GetUtcNow().TruncateToMilliseconds(), happened.ReasonCode),
            cause,
            cancellation);

    private static void Follow(Order order, TicketMoved happened, DateTimeOffset at)
    {
        switch (happened.Ticket)
        {
            case TicketStatus.Opened:
                order.TicketOpened();
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

/// <summary>The store has opened its ticket for an order, or moved it on.</summary>
/// <param name="Order">The order's number.</param>
/// <param name="Ticket">Where the ticket now is.</param>
/// <param name="Reason">The store's; may be empty.</param>
public sealed record TicketMoved(OrderId Order, TicketStatus Ticket, string Reason);

/// <summary>The store does not give way to a request to cancel.</summary>
/// <param name="Order">The order's number.</param>
/// <param name="Reason">Why; may be empty.</param>
/// <param name="ReasonCode">The same as a stable word for programs; empty where there is none, and in events from before there were codes.</param>
public sealed record CancellationDeclined(OrderId Order, string Reason, string ReasonCode = "");

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

internal static class OrderChanges
{
    /// <summary>Loads, changes and saves, again if another writer was faster. An order that does not exist has nothing to change.</summary>
    public static Task Change(this IOrders orders, OrderId id, Action<Order> change, MessageContext cause, CancellationToken cancellation) =>
        Concurrency.RetryOnConflict(async () =>
        {
            if (await orders.Find(id, cancellation) is { } order)
            {
                change(order);
                await orders.Save(order, cause, cancellation);
            }

            return Unit.Value;
        });
}
