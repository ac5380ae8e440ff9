using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Load;
using FoodDelivery.Tests.Support.Orders;
using FoodDelivery.Tests.Support.Processes;
using FoodDelivery.Tests.Support.Rest;
using Xunit.Abstractions;

namespace FoodDelivery.Tests.Delivery.Marketing;

/// <summary>Marketing may be away for ever, come late and go again: nobody notices, and it misses nothing.</summary>
public sealed class MarketingTests(FaultTable table, ITestOutputHelper output) : FaultTests(table, output)
{
    [Fact]
    public async Task Started_after_two_hundred_orders_it_catches_up_from_the_log_and_nobody_has_missed_it()
    {
        await using var fleet = await Fleet.Apart(Settings);
        await During(fleet, async _ =>
        {
            var load = new OrderLoad(fleet.Rest("Order"), Wishes.Of(200, Seed));
            await load.Closed(callers: 8);
            Assert.Equal(200, load.Acknowledged.Count);
            var delivered = await PlacedOrder.Of(fleet, new { item = "pizza", customerId = "late" });
            await delivered.Moves("receive", "cook", "cooked", "ship");
            await Audited("Marketing absent", fleet, load, delivered.Id);

            await fleet.Join("Marketing");

            var marketing = fleet.Rest("Marketing");
            await Eventually.Holds(async () =>
            {
                Assert.Equal("ordered_before", (await Best(marketing, "late")).Word("reason", "code"));
                Assert.Equal("late", (await marketing.Get($"/coupons?orderId={delivered.Id}")).Expect(200).Word("_embedded", "coupons", "0", "customerId"));
                Assert.Equal("your_favourite", (await Best(marketing, "customer-1")).Word("reason", "code"));
            });

            await fleet["Marketing"].Kill();
            var meanwhile = await PlacedOrder.Of(fleet, new { item = "cake", customerId = "meanwhile" });
            await meanwhile.Shows("pay_success");
            await fleet["Marketing"].Start();
            await Eventually.Holds(async () => Assert.Equal("ordered_before", (await Best(marketing, "meanwhile")).Word("reason", "code")));
        });
    }

    private static async Task<Answer> Best(RestClient marketing, string customer)
    {
        var answer = (await marketing.Get($"/recommendations?customerId={customer}&limit=1")).Expect(200);
        return answer with { Text = answer.At("_embedded", "recommendations", "0").GetRawText() };
    }
}
