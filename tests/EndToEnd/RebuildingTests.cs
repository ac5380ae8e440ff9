using FoodDelivery.Tests.Support;
using Xunit.Abstractions;

namespace FoodDelivery.Tests.EndToEnd;

/// <summary>The view can be built anew from the log while it serves.</summary>
public sealed class RebuildingTests(RunningLocal local, ITestOutputHelper output) : LocalTests(local, output)
{
    private const string Rebuild = "/operations/order-statuses/rebuild";

    [Fact]
    public async Task A_rebuilt_view_shows_the_same_and_nobody_is_told_twice()
    {
        var order = await Chicken();
        await order.Moves("receive", "cook", "cooked", "ship", "deliver");
        await order.Shows("delivered");
        await Eventually.Holds(async () => Assert.Equal(7, (await order.Notifications()).Count));
        var before = await order.View();

        (await Customers.Post(Rebuild, new { })).Expect(202);
        Assert.Equal(before.Text, (await Customers.Get($"/orderStatuses/{order.Id}")).Expect(200).Text);
        await Eventually.Gives(async () => (await Customers.Get(Rebuild)).Expect(404));

        Assert.Equal(before.Text, (await Customers.Get($"/orderStatuses/{order.Id}")).Expect(200).Text);
        Assert.Equal(7, (await order.Notifications()).Count);
        await (await Chicken()).Shows("pay_success");
    }
}
