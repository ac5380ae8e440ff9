using System.ComponentModel;
using FoodDelivery.Ordering;
using FoodDelivery.Platform.Hosting.Rest;

namespace FoodDelivery.Adapters.Ordering.Rest;

/// <summary>The body that asks to cancel: the one change that a customer can ask for.</summary>
internal sealed record ChangeOrderBody(
    [property: Description(StatusWords.CancelRequest)] string Status,
    [property: Description("Why; may be absent")] string? Reason)
{
    public static Result<CancelOrder> Read(RequestBody body, OrderId order)
    {
        if (!body.TryText(out var status, out var rejection, "status") || !body.TryText(out var reason, out rejection, "reason"))
            return rejection;

        return string.Equals(status, StatusWords.CancelRequest, StringComparison.OrdinalIgnoreCase)
            ? new CancelOrder(order, reason ?? "")
            : Error.Invalid("status", $"status must be {StatusWords.CancelRequest}; nothing else of an order can be changed.");
    }
}
