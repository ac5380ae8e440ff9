using FoodDelivery.Customers;
using FoodDelivery.Platform.Hosting.Rest;

namespace FoodDelivery.Adapters.Customers.Rest;

/// <summary>An order's status as REST answers it. Item, qty and price are the first line's.</summary>
internal sealed record OrderStatusAnswer(
    long OrderId,
    string Status,
    StatusLabel Label,
    long Version,
    string? Item,
    int? Qty,
    long? Price,
    long StoreId,
    string? Reason,
    string? CustomerId,
    long Total,
    IReadOnlyList<LineAnswer> Lines,
    long? PaymentId,
    IReadOnlyList<ChangeAnswer> History)
{
    public static OrderStatusAnswer Of(OrderStatusView view)
    {
        var first = view.Lines.Count > 0 ? view.Lines[0] : null;
        return new(
            view.OrderId.Value,
            view.Status.Word(),
            view.Status.Label(),
            view.Version,
            first?.Item,
            first?.Quantity,
            first?.UnitPrice.Won,
            view.StoreId.Value,
            view.Reason.OrNull(),
            view.CustomerId.OrNull(),
            view.Total.Won,
            [.. view.Lines.Select(static line => new LineAnswer(line.Item, line.Quantity, line.UnitPrice.Won))],
            view.PaymentId == 0 ? null : view.PaymentId,
            [.. view.History.Select(ChangeAnswer.Of)]);
    }
}

/// <summary>One dish.</summary>
/// <param name="Item">As the customer wrote it.</param>
/// <param name="Qty">How many.</param>
/// <param name="Price">The price of one, in won.</param>
internal sealed record LineAnswer(string Item, int Qty, long Price);

/// <summary>One change.</summary>
internal sealed record ChangeAnswer(long Version, string Status, StatusLabel Label, string? Reason, DateTimeOffset At)
{
    public static ChangeAnswer Of(StatusChange change) => new(
        change.Version, change.Status.Word(), change.Status.Label(), change.Reason.OrNull(), change.At);
}
