using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Orders;
using FoodDelivery.Tests.Support.Processes;
using FoodDelivery.Tests.Support.Rest;
using Xunit.Abstractions;

namespace FoodDelivery.Tests.Delivery;

/// <summary>Customer may be away: orders come to every end without them. Once it joins it misses nothing and tells everything once.</summary>
public sealed class CustomerTests(FaultTable table, ITestOutputHelper output) : FaultTests(table, output)
{
    private static readonly string[] Delivered = ["pay_success", "order_received", "cooking", "cooked", "delivering", "delivered"];
    private static readonly string[] Rejected = ["pay_success", "order_rejected", "refunded"];
    private static readonly string[] Cancelled = ["pay_success", "cancel_requested", "order_cancel", "refunded"];

    [Fact]
    public async Task Without_it_orders_are_delivered_rejected_and_cancelled_and_afterwards_it_catches_up_from_the_log()
    {
        await using var fleet = await Fleet.Without(["Customer"], Settings);
        await During(fleet, async _ =>
        {
            var delivered = await Place(fleet, "chicken");
            await delivered.Moves("receive", "cook", "cooked", "ship", "deliver");
            var rejected = await Place(fleet, "pizza");
            await rejected.Moves("reject");
            var cancelled = await Place(fleet, "cake");
            (await cancelled.AskToCancel()).ExpectSuccess();
            await Ends(delivered, "delivered", "approved");
            await Ends(rejected, "refunded", "refunded");
            await Ends(cancelled, "refunded", "refunded");

            await fleet.Join("Customer");

            await Told(delivered, Delivered);
            await Told(rejected, Rejected);
            await Told(cancelled, Cancelled);

            await fleet["Customer"].Kill();
            var meanwhile = await Place(fleet, "chicken");
            await meanwhile.Moves("reject");
            await Ends(meanwhile, "refunded", "refunded");
            await fleet["Customer"].Start();
            await Told(meanwhile, Rejected);
            await Told(delivered, Delivered);
        });
    }

    private static Task<PlacedOrder> Place(Fleet fleet, string item) => PlacedOrder.Of(fleet, new { item, customerId = "late" });

    // As those know it who are there: Ordering and Payment.
    private static Task Ends(PlacedOrder order, string status, string payment) => Eventually.Holds(async () =>
    {
        Assert.Equal(status, (await order.Order()).Word("status"));
        Assert.Equal(payment, (await order.Payment()).Word("status"));
    });

    private static async Task Told(PlacedOrder order, string[] history)
    {
        await order.Shows(history[^1]);
        Assert.Equal(history, await order.History());
        await Eventually.Holds(async () => Assert.Equal(
            history.Append("order_get").Order(StringComparer.Ordinal),
            (await order.Notifications()).Select(static one => one.Word("status")).Order(StringComparer.Ordinal)));
    }
}
