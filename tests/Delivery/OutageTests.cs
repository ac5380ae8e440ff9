using System.Diagnostics;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Orders;
using FoodDelivery.Tests.Support.Processes;
using FoodDelivery.Tests.Support.Rest;
using Xunit.Abstractions;

namespace FoodDelivery.Tests.Delivery;

/// <summary>Services that stay away for a while.</summary>
public sealed class OutageTests(FaultTable table, ITestOutputHelper output) : FaultTests(table, output)
{
    [Fact]
    public async Task Without_stores_orders_and_cancellations_are_accepted_and_caught_up_with()
    {
        await using var fleet = await Fleet.Apart(Settings);
        await During(fleet, async _ =>
        {
            var before = await PlacedOrder.Of(fleet, new { item = "chicken" });
            await before.Ticket();
            await fleet["Store"].Kill();

            var load = Load(fleet, patient: 1);
            await load.Open(Rate);
            Assert.All(load.Fates, static fate => Assert.True(fate.Acknowledged && fate.Tries == 1, fate.Last));
            var regretted = await PlacedOrder.Of(fleet, new { item = "pizza" });
            (await regretted.AskToCancel()).ExpectSuccess();
            (await before.AskToCancel()).ExpectSuccess();
            await regretted.Shows("cancel_requested");
            await before.Shows("cancel_requested");

            await fleet["Store"].Start();
            await regretted.Shows("refunded");
            await before.Shows("refunded");
            foreach (var order in new[] { regretted, before })
            {
                Assert.Equal("refunded", (await order.Payment()).Word("status"));
                Assert.Equal("order_canceled", (await order.Ticket()).Word("status"));
            }

            await Audited("Store away", fleet, load, before.Id, regretted.Id);
        });
    }

    [Fact]
    public async Task Without_payment_every_order_fails_at_once_and_leaves_nothing()
    {
        await using var fleet = await Fleet.Apart(Settings);
        await During(fleet, async _ =>
        {
            var before = await PlacedOrder.Of(fleet, new { item = "chicken" });
            await before.Shows("pay_success");
            await fleet["Pay"].Kill();

            for (var attempt = 0; attempt < 20; attempt++)
                await FailsAtOnce(fleet, $"away-{attempt}");

            await fleet["Pay"].Start();
            await Eventually.Gives(async () => (await fleet.Rest("Order").Post("/orders", new { item = "chicken" }, "away-0")).Expect(201));
            var load = Load(fleet, patient: 1);
            await load.Open(Rate);

            await Audited("Pay away", fleet, load);
            Assert.Equal(Orders + 2, (await fleet.Rest("Order").All("/orders", "orders")).Count);
            Assert.Equal(Orders + 2, (await fleet.Rest("Customer").All("/orderStatuses", "orderStatuses")).Count);
        });
    }

    private static async Task FailsAtOnce(Fleet fleet, string key)
    {
        var watch = Stopwatch.StartNew();
        var refused = (await fleet.Rest("Order").Post("/orders", new { item = "chicken" }, key)).Expect(503);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(3), $"It took {watch.Elapsed}.");
        Assert.InRange(int.Parse(refused.Header("Retry-After") ?? "0"), 1, 120);
        Assert.Single((await fleet.Rest("Order").Get("/orders")).Expect(200).Members("orders"));
    }
}
