using System.Text.Json;
using FoodDelivery.Tests.Support.Processes;
using FoodDelivery.Tests.Support.Rest;

namespace FoodDelivery.Tests.Delivery;

/// <summary>What each context says about all orders, read by its own REST collection; and what the payment provider says.</summary>
internal sealed record Books(
    IReadOnlyList<JsonElement> Orders,
    IReadOnlyList<JsonElement> Payments,
    IReadOnlyList<JsonElement> Tickets,
    IReadOnlyList<JsonElement> Views,
    IReadOnlyList<JsonElement> Notifications,
    IReadOnlyList<Charge> Charges)
{
    public static async Task<Books> Of(IPlatform platform) => new(
        await platform.Rest("Order").All("/orders", "orders"),
        await platform.Rest("Pay").All("/payments", "payments"),
        await platform.Rest("Store").All("/deliveries", "deliveries"),
        await platform.Rest("Customer").All("/orderStatuses", "orderStatuses"),
        await platform.Rest("Customer").All("/notifications", "notifications"),
        await Charge.All(platform));

    /// <summary>How orders may end.</summary>
    public IReadOnlyList<string> Endings { get; init; } = ["delivered"];

    /// <summary>By how much at a time clocks were set meanwhile; nothing if they were left alone.</summary>
    public TimeSpan Jump { get; init; }

    /// <summary>How long a payment was ours, without what clocks were set by. No test takes as long as a jump is.</summary>
    public TimeSpan Kept(JsonElement payment)
    {
        var shown = payment.GetProperty("updatedAt").GetDateTimeOffset() - payment.GetProperty("createdAt").GetDateTimeOffset();
        return Jump == TimeSpan.Zero ? shown : TimeSpan.FromTicks(((shown.Ticks % Jump.Ticks) + Jump.Ticks) % Jump.Ticks);
    }

    /// <summary>The same, as if some orders had not been.</summary>
    public Books Without(IReadOnlySet<long> orders) => new(
        Others(Orders, orders),
        Others(Payments, orders),
        Others(Tickets, orders),
        Others(Views, orders),
        Others(Notifications, orders),
        [.. Charges.Where(charge => !orders.Contains(charge.OrderId))])
    {
        Endings = Endings,
        Jump = Jump,
    };

    /// <summary>Payments whose money is ours at the moment.</summary>
    public IEnumerable<JsonElement> Taken => Payments.Where(static payment => payment.Word("status") is "approved" or "refunding");

    /// <summary>Payments whose money is back.</summary>
    public IEnumerable<JsonElement> Returned => Payments.Where(static payment => payment.Word("status") == "refunded");

    /// <summary>Refunded payments of what never became an order: the customer was told that it failed, or nothing.</summary>
    public IEnumerable<JsonElement> Orphans
    {
        get
        {
            var known = Orders.Select(static order => order.Number("orderId")).ToHashSet();
            return Returned.Where(payment => !known.Contains(payment.Number("orderId")));
        }
    }

    private static IReadOnlyList<JsonElement> Others(IReadOnlyList<JsonElement> resources, IReadOnlySet<long> orders) =>
        [.. resources.Where(resource => !orders.Contains(resource.Number("orderId")))];
}
