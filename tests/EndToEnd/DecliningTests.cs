using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Rest;
using Xunit.Abstractions;

namespace FoodDelivery.Tests.EndToEnd;

/// <summary>A declined card: the demo provider declines above a million won.</summary>
public sealed class DecliningTests(RunningLocal local, ITestOutputHelper output) : LocalTests(local, output)
{
    private static readonly object TooDear = new { item = "IceAmericano", qty = 99, price = 100_000, customerId = "빈털터리" };

    [Fact]
    public async Task A_declined_card_leaves_no_order()
    {
        var refused = (await Orders.Post("/orders", TooDear)).Expect(422);
        Problem.Is(refused);
        var id = refused.Number("orderId");

        (await Orders.Get($"/orders/{id}")).Expect(404);
        var view = await Eventually.Gives(async () => (await Customers.Get($"/orderStatuses/{id}")).Expect(200));
        Assert.Equal("pay_fail", view.Word("status"));
        Assert.Equal(1, view.Number("version"));
        var payment = Assert.Single((await Payments.Get($"/payments?orderId={id}")).Expect(200).Members("payments"));
        Assert.Equal("declined", payment.Word("status"));

        // What was ordered later has its ticket; so this would have one by now.
        await (await Chicken()).Ticket();
        (await Stores.Get($"/deliveries/{id}")).Expect(404);
    }

    [Fact]
    public async Task A_declined_card_is_declined_again_under_its_key()
    {
        var key = Guid.NewGuid().ToString();

        var first = (await Orders.Post("/orders", TooDear, key)).Expect(422);
        var second = (await Orders.Post("/orders", TooDear, key)).Expect(422);

        Assert.Equal(first.Number("orderId"), second.Number("orderId"));
    }
}
