using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using FoodDelivery.Ordering;
using FoodDelivery.Platform.Hosting.Rest;

namespace FoodDelivery.Adapters.Ordering.Rest;

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
    public static Result<PlaceOrder> Read(RequestBody body, RequestKey? key)
    {
        if (!body.TryInteger(out var store, out var rejection, "storeId", "가게")
            || !body.TryText(out var address, out rejection, "address", "주소")
            || !body.TryText(out var customer, out rejection, "customerId")
            || !body.TryText(out var membership, out rejection, "membershipNumber")
            || !TryItems(body, out var items, out rejection))
        {
            return rejection;
        }

        return new PlaceOrder(items, store is { } number ? new StoreId(number) : null, customer ?? "", address ?? "", membership ?? "", key);
    }

    private static bool TryItems(RequestBody body, [NotNullWhen(true)] out IReadOnlyList<OrderItem>? items, [NotNullWhen(false)] out Error? rejection)
    {
        items = null;
        if (!body.TryList(out var lines, out rejection, "lines"))
            return false;

        var read = new List<OrderItem>();
        foreach (var line in lines ?? [body])
        {
            if (!line.TryText(out var item, out rejection, "item", "product", "품목")
                || !line.TryInteger(out var quantity, out rejection, "qty", "quantity", "수량")
                || !line.TryInteger(out var price, out rejection, "price", "가격"))
            {
                rejection = lines is { Count: > 1 } ? rejection with { Field = $"lines[{read.Count}].{rejection.Field}" } : rejection;
                return false;
            }

            read.Add(new OrderItem(item ?? "", quantity ?? 1, price));
        }

        items = read;
        return true;
    }

    /// <summary>One of several dishes.</summary>
    internal sealed record Line(string Item, int? Qty, long? Price);
}
