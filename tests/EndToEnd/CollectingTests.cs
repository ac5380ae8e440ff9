using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Rest;
using Xunit.Abstractions;

namespace FoodDelivery.Tests.EndToEnd;

/// <summary>Flow 6: members and points.</summary>
public sealed class CollectingTests(RunningLocal local, ITestOutputHelper output) : LocalTests(local, output)
{
    [Fact]
    public async Task An_accepted_order_brings_points_and_its_refund_takes_them_back()
    {
        var member = (await Customers.Post("/members", new { name = "김철수😀", phone = "010-1234-5678", channel = "none" })).Expect(201);
        var number = member.Word("membershipNumber");
        var order = await Place(new { item = "chicken", qty = 2, membershipNumber = number });
        var total = (await order.Order()).Number("total");
        await order.Moves("receive");

        await Points(number, total / 100);
        (await Payments.Post("/payments", new { orderId = order.Id, action = "cancel" })).ExpectSuccess();
        await Points(number, 0);

        var history = (await Fleet.Rest("Proxy").Get($"/members/{number}/points")).Expect(200).At("history");
        Assert.Equal(["taken_back", "earned"], history.EnumerateArray().Select(static change => change.Word("change")));
    }

    [Theory]
    [InlineData("100000000008")]
    [InlineData("아무거나 🍗")]
    [InlineData("withdrawn")]
    public async Task No_number_ever_stops_an_order(string number)
    {
        if (number == "withdrawn")
        {
            number = (await Customers.Post("/members", new { name = "kim", phone = "010-1234-5678" })).Expect(201).Word("membershipNumber");
            (await Customers.Delete($"/members/{number}")).Expect(200);
        }

        var order = await Place(new { item = "chicken", membershipNumber = number });
        await order.Moves("receive", "cook", "cooked", "ship", "deliver");

        await order.Shows("delivered");
        Assert.Equal(number, (await order.Order()).Word("membershipNumber"));
    }

    private Task Points(string number, long points) => Eventually.Holds(async () =>
        Assert.Equal(points, (await Customers.Get($"/members/{number}/points")).Expect(200).Number("points")));
}
