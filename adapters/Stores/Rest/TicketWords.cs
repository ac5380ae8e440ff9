using FoodDelivery.Stores;

namespace FoodDelivery.Adapters.Stores.Rest;

/// <summary>What testers call a ticket's statuses.</summary>
internal static class TicketWords
{
    public static string Of(TicketStatus status) => status switch
    {
        TicketStatus.Arrived => "order_get",
        TicketStatus.Accepted => "receive",
        TicketStatus.Rejected => "reject",
        TicketStatus.Cooking => "cook",
        TicketStatus.Cooked => "cooked",
        TicketStatus.Delivering => "ship",
        TicketStatus.Delivered => "deliver",
        TicketStatus.PickedUp => "pickup",
        TicketStatus.Cancelled => "order_canceled",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "A status that has no word."),
    };
}
