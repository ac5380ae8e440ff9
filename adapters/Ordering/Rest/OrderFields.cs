using FoodDelivery.Ordering;
using FoodDelivery.Platform.Hosting.Rest;

namespace FoodDelivery.Adapters.Ordering.Rest;

/// <summary>An order as REST shows it. Item, quantity and price are those of its first line.</summary>
internal sealed record OrderFields(
    long OrderId,
    string Item,
    int Qty,
    long Price,
    long Total,
    string Status,
    long StatusVersion,
    string? Reason,
    long StoreId,
    string? Address,
    string? CustomerId,
    string? MembershipNumber,
    long PaymentId,
    DateTimeOffset PlacedAt,
    IReadOnlyList<LineFields> Lines)
{
    public static HalResource Resource(Order order) => Hal.Resource(Of(order), $"/orders/{order.Id}", "order");

    private static OrderFields Of(Order order)
    {
        var (details, first) = (order.Details, order.Details.Lines[0]);
        return new OrderFields(
            order.Id.Value,
            first.Item,
            first.Quantity,
            first.UnitPrice.Won,
            details.Total.Won,
            StatusWords.Of(order.Status),
            order.Snapshot.StatusVersion,
            order.Reason.OrNull(),
            details.Store.Value,
            details.Address.OrNull(),
            details.Customer.OrNull(),
            details.MembershipNumber.OrNull(),
            order.Snapshot.PaymentId,
            order.Snapshot.PlacedAt,
            [.. details.Lines.Select(static line => new LineFields(line.Item, line.Quantity, line.UnitPrice.Won, line.DishId))]);
    }
}

/// <summary>One dish of an order; its price is the price of one.</summary>
internal sealed record LineFields(string Item, int Qty, long Price, long DishId);
