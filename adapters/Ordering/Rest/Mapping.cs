using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using FoodDelivery.Ordering;
using FoodDelivery.Platform.Hosting.Errors;
using FoodDelivery.Platform.Hosting.Rest;

namespace FoodDelivery.Adapters.Ordering.Rest;

/// <summary>An order as REST shows it. Item, quantity and price are those of its first line; the total is what all lines cost, with the fee and without the discount.</summary>
internal sealed record OrderFields(
    long OrderId,
    string Item,
    int Qty,
    long Price,
    long DeliveryFee,
    long Discount,
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
            details.DeliveryFee.Won,
            details.Discount.Won,
            details.Total.Won,
            Mapping.Word(order.Status),
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

/// <summary>The body of an order, and how it is read under all of its names.</summary>
internal sealed record PlaceOrderBody(
    [property: Description("The dish; also product, 품목")] string Item,
    [property: Description("How many, 1 to 99; also quantity, 수량")] int? Qty,
    [property: Description("The price of one in won that the customer saw; also 가격")] long? Price,
    [property: Description("Absent: the first store that has the dish; also 가게")] long? StoreId,
    [property: Description("Where to; also 주소")] string? Address,
    string? CustomerId,
    string? MembershipNumber,
    [property: Description("Several dishes, instead of item, qty and price")] IReadOnlyList<PlaceOrderBody.Line>? Lines)
{
    private static readonly FieldNames Names = new(
        ("items", "lines"), ("quantity", "qty"), ("unitPriceWon", "price"), ("requestId", "Idempotency-Key"));

    public static Result<PlaceOrder> Read(RequestBody body, RequestKey? key)
    {
        if (!body.TryInteger(out var store, out var rejection, "storeId", "가게")
            || !body.TryText(out var address, out rejection, "address", "주소")
            || !body.TryText(out var customer, out rejection, "customerId")
            || !body.TryText(out var membership, out rejection, "membershipNumber")
            || !TryItems(body, out var items, out rejection)
            || !body.IsSpeltRight(out rejection))
        {
            return rejection;
        }

        return new PlaceOrder(items, store is { } number ? new StoreId(number) : null, customer ?? "", address ?? "", membership ?? "", key);
    }

    /// <summary>A refusal of the model's in the words of the body that led to it: its one dish has no list.</summary>
    public static Result<T> Named<T>(Result<T> outcome, RequestBody body)
        where T : notnull
    {
        if (!outcome.In(Names).IsError(out var refusal))
            return outcome;

        var isList = body.TryList(out var lines, out _, "lines") && lines is not null;
        return isList ? refusal : refusal with { Field = refusal.Field == "lines" ? "item" : refusal.Field?.Replace("lines[0].", "", StringComparison.Ordinal) };
    }

    private static bool TryItems(RequestBody body, [NotNullWhen(true)] out IReadOnlyList<OrderItem>? items, [NotNullWhen(false)] out Error? rejection)
    {
        items = null;
        if (!body.TryList(out var lines, out rejection, "lines") || !TryLine(body, out var alone, out rejection))
            return false;

        var read = new List<OrderItem>();
        foreach (var line in lines ?? [])
        {
            if (!TryLine(line, out var one, out rejection) || !line.IsSpeltRight(out rejection))
            {
                rejection = rejection with { Field = $"lines[{read.Count}].{rejection.Field}" };
                return false;
            }

            read.Add(one.ToItem());
        }

        items = lines is null ? [alone.ToItem()] : read;
        rejection = lines is null || alone.Repeats(read) ? null : Error.Invalid(
            "lines", "What stands beside lines must be what its first line says; send one of the two.", "FIELD_AMBIGUOUS");
        return rejection is null;
    }

    private static bool TryLine(RequestBody body, out AskedLine line, [NotNullWhen(false)] out Error? rejection)
    {
        line = default;
        if (!body.TryText(out var item, out rejection, "item", "product", "품목")
            || !body.TryInteger(out var quantity, out rejection, "qty", "quantity", "수량")
            || !body.TryInteger(out var price, out rejection, "price", "가격"))
        {
            return false;
        }

        line = new AskedLine(item, quantity, price);
        return true;
    }

    // A line as far as the body says anything of it.
    private readonly record struct AskedLine(string? Item, long? Quantity, long? Price)
    {
        public OrderItem ToItem() => new(Item ?? "", Quantity ?? 1, Price);

        // An order that was read shows its first line twice.
        public bool Repeats(List<OrderItem> lines)
        {
            var first = lines.Count > 0 ? lines[0] : new OrderItem("", 0, 0);
            return (Item ?? first.Item) == first.Item && (Quantity ?? first.Quantity) == first.Quantity && (Price ?? first.Price) == first.Price;
        }
    }

    /// <summary>One of several dishes.</summary>
    internal sealed record Line(string Item, int? Qty, long? Price);
}

/// <summary>The body that asks to cancel: the one change that a customer can ask for.</summary>
internal sealed record ChangeOrderBody(
    [property: Description(Mapping.CancelRequest)] string Status,
    [property: Description("Why; may be absent")] string? Reason)
{
    public static Result<CancelOrder> Read(RequestBody body, OrderId order)
    {
        if (!body.TryText(out var status, out var rejection, "status")
            || !body.TryText(out var reason, out rejection, "reason")
            || !body.IsSpeltRight(out rejection))
        {
            return rejection;
        }

        return string.Equals(status, Mapping.CancelRequest, StringComparison.OrdinalIgnoreCase)
            ? new CancelOrder(order, reason ?? "")
            : Error.Invalid("status", $"status must be {Mapping.CancelRequest}; nothing else of an order can be changed.");
    }
}

/// <summary>What REST calls things.</summary>
internal static class Mapping
{
    /// <summary>What a caller writes into an order's status to ask for its cancellation.</summary>
    public const string CancelRequest = "order_cancel_request";

    /// <summary>An order's status.</summary>
    public static string Word(OrderStatus status) => status switch
    {
        OrderStatus.PaySuccess => "pay_success",
        OrderStatus.PayFail => "pay_fail",
        OrderStatus.Received => "order_received",
        OrderStatus.Cooking => "cooking",
        OrderStatus.Cooked => "cooked",
        OrderStatus.Delivering => "delivering",
        OrderStatus.Delivered => "delivered",
        OrderStatus.PickedUp => "picked_up",
        OrderStatus.Rejected => "order_rejected",
        OrderStatus.CancelRequested => "cancel_requested",
        OrderStatus.CancelDeclined => "cancel_declined",
        OrderStatus.Cancelled => "order_cancel",
        OrderStatus.Refunded => "refunded",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "No such status."),
    };
}
