using FoodDelivery.Platform.Hosting.Rest;
using FoodDelivery.Stores;

namespace FoodDelivery.Adapters.Stores.Rest;

/// <summary>A ticket as REST shows it. Of several lines, <c>item</c>, <c>qty</c> and <c>price</c> are the first one's.</summary>
internal sealed record TicketFields(
    long OrderId,
    long StoreId,
    string Item,
    int Qty,
    long Price,
    IReadOnlyList<TicketLineFields> Lines,
    long Total,
    string? Address,
    string Status,
    long Version,
    string? Reason,
    DateTimeOffset OpenedAt,
    DateTimeOffset ChangedAt)
{
    public static HalResource Of(Ticket ticket)
    {
        var lines = ticket.Slip.Lines.Select(static line => new TicketLineFields(line.Item, line.Quantity, line.Price.Won)).ToList();
        var first = lines.Count > 0 ? lines[0] : new TicketLineFields("", 0, 0);
        var fields = new TicketFields(
            ticket.Order.Value,
            ticket.Slip.Store.Value,
            first.Item,
            first.Qty,
            first.Price,
            lines,
            ticket.Slip.Total.Won,
            ticket.Slip.Address.OrNull(),
            TicketWords.Of(ticket.Status),
            ticket.Version,
            ticket.Reason.OrNull(),
            ticket.OpenedAt,
            ticket.ChangedAt);
        return Hal.Resource(fields, $"/deliveries/{ticket.Order}", "delivery");
    }
}

/// <summary>One dish of an order; the price of one.</summary>
internal sealed record TicketLineFields(string Item, int Qty, long Price);
