using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Orders;
using FoodDelivery.Tests.Support.Rest;
using Xunit.Abstractions;

namespace FoodDelivery.Tests.EndToEnd;

/// <summary>Flows 3 and 4: rejections and cancellations, with the money back; and an operator's refund.</summary>
public sealed class TurningBackTests(RunningLocal local, ITestOutputHelper output) : LocalTests(local, output)
{
    [Fact]
    public async Task A_rejected_order_is_refunded()
    {
        var order = await Chicken();
        await order.Ticket();

        (await Stores.Patch($"/deliveries/{order.Id}", new { status = "reject", reason = "닭이 없어요 🐔" })).Expect(200);

        await order.Shows("refunded");
        Assert.Equal(["pay_success", "order_rejected", "refunded"], await order.History());
        await IsRefunded(order);
        Problem.Is((await order.Move("receive")).Expect(409));
    }

    [Theory]
    [InlineData]
    [InlineData("receive")]
    [InlineData("receive", "cook", "cooked")]
    public async Task A_restaurant_gives_way_until_the_delivery_starts(params string[] moves)
    {
        var order = await Chicken();
        await order.Moves(moves);

        (await order.AskToCancel()).ExpectSuccess();

        await order.Shows("refunded");
        Assert.Equal(["cancel_requested", "order_cancel", "refunded"], (await order.History()).TakeLast(3));
        await IsRefunded(order);
        Assert.Equal("order_canceled", (await order.Ticket()).Word("status"));
    }

    [Fact]
    public async Task A_delivery_on_its_way_is_not_cancelled()
    {
        var order = await Chicken();
        await order.Moves("receive", "cook", "cooked", "ship");
        await order.Shows("delivering");

        (await order.AskToCancel()).ExpectSuccess();

        await Eventually.Holds(async () => Assert.Equal(["cancel_requested", "cancel_declined", "delivering"], (await order.History()).TakeLast(3)));
        var view = await order.View();
        Assert.NotEmpty(view.Word("history", "6", "reason"));
        await order.Moves("deliver");
        await order.Shows("delivered");
        Assert.Equal("approved", (await order.Payment()).Word("status"));
    }

    [Fact]
    public async Task A_cafe_gives_way_until_it_has_accepted()
    {
        var early = await Place(new { item = "donut" });
        (await early.AskToCancel()).ExpectSuccess();
        await early.Shows("refunded");

        var late = await Place(new { item = "donut" });
        await late.Moves("receive");
        await late.Shows("order_received");
        (await late.AskToCancel()).ExpectSuccess();
        await Eventually.Holds(async () => Assert.Equal(["cancel_requested", "cancel_declined", "order_received"], (await late.History()).TakeLast(3)));
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task Cancelling_has_more_than_one_verb(string verb)
    {
        var order = await Chicken();

        var answer = verb == "DELETE"
            ? await Orders.Delete($"/orders/{order.Id}")
            : await Orders.Put($"/orders/{order.Id}", new { status = "order_cancel_request" });

        Assert.InRange(answer.Status, 200, 204);
        await order.Shows("refunded");
    }

    [Fact]
    public async Task An_ended_order_is_not_cancelled()
    {
        var order = await Chicken();
        await order.Moves("receive", "cook", "cooked", "ship", "deliver");
        await Eventually.Holds(async () => Assert.Equal("delivered", (await order.Order()).Word("status")));

        Problem.Is((await order.AskToCancel()).Expect(409));

        Problem.Is((await Orders.Patch("/orders/999999999", new { status = "order_cancel_request" })).Expect(404));
        Assert.Equal("status", (await Orders.Patch($"/orders/{order.Id}", new { status = "dance" })).Expect(400).Word("field"));
    }

    [Theory]
    [InlineData("cancel")]
    [InlineData("cancle")]
    public async Task An_operators_refund_cancels_the_order(string action)
    {
        var order = await Chicken();
        await order.Ticket();

        (await Payments.Post("/payments", new { orderId = order.Id, action })).Expect(200);

        await order.Shows("refunded");
        Assert.Equal(["pay_success", "order_cancel", "refunded"], await order.History());
        await IsRefunded(order);
        await Eventually.Holds(async () => Assert.Equal("order_canceled", (await order.Ticket()).Word("status")));
        (await Payments.Post("/payments", new { orderId = order.Id, action })).Expect(200);
        Assert.Equal(3, (await order.View()).Number("version"));
    }

    [Fact]
    public async Task Applying_a_payment_again_changes_nothing()
    {
        var order = await Chicken();
        var payment = await order.Payment();
        var price = payment.Number("price");

        var same = (await Payments.Post("/payments", new { orderId = order.Id, price, action = "apply" })).Expect(200);
        Assert.Equal(payment.Number("paymentId"), same.Number("paymentId"));
        Problem.Is((await Payments.Post("/payments", new { orderId = order.Id, price = price + 1, action = "apply" })).Expect(409));
        Problem.Is((await Payments.Post("/payments", new { orderId = 999999999, price, action = "apply" })).Expect(404));
        Assert.Equal("action", (await Payments.Post("/payments", new { orderId = order.Id, action = "steal" })).Expect(400).Word("field"));
    }

    private static async Task IsRefunded(PlacedOrder order)
    {
        Assert.Equal("refunded", (await order.Payment()).Word("status"));
        Assert.Equal("refunded", (await order.Order()).Word("status"));
    }
}
