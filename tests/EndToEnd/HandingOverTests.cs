using Xunit.Abstractions;

namespace FoodDelivery.Tests.EndToEnd;

/// <summary>Flow 2: accept, cook, hand over.</summary>
public sealed class HandingOverTests(RunningLocal local, ITestOutputHelper output) : LocalTests(local, output)
{
    [Fact]
    public async Task A_dish_goes_from_the_menu_to_the_doorstep()
    {
        var order = await Chicken();

        foreach (var (move, status) in new[]
        {
            ("receive", "order_received"), ("cook", "cooking"), ("cooked", "cooked"), ("ship", "delivering"), ("deliver", "delivered"),
        })
        {
            await order.Moves(move);
            await order.Shows(status);
        }

        Assert.Equal(["pay_success", "order_received", "cooking", "cooked", "delivering", "delivered"], await order.History());
        Assert.Equal("delivered", (await order.Order()).Word("status"));
        Assert.Equal("deliver", (await order.Ticket()).Word("status"));
    }

    [Fact]
    public async Task The_owner_need_not_wait_between_moves()
    {
        var order = await Chicken();

        await order.Moves("receive", "cook", "cooked", "ship", "deliver");

        var view = await order.Shows("delivered");
        Assert.Equal(6, view.Number("version"));
        Assert.Equal(["pay_success", "order_received", "cooking", "cooked", "delivering", "delivered"], await order.History());
    }

    [Fact]
    public async Task A_cafes_customer_picks_up()
    {
        var order = await Place(new { item = "IceAmericano", qty = 1, price = 1000 });
        await order.Ticket();

        (await Stores.Post("/bakeries", new { orderId = order.Id, status = "Confirmed" })).Expect(201);
        await order.Shows("order_received");
        Assert.Equal("Confirmed", (await Customers.Get($"/mypages/{order.Id}")).Expect(200).Word("status"));
        await order.Moves("cook", "cooked", "pickup");

        await order.Shows("picked_up");
        Assert.Equal(["pay_success", "order_received", "cooking", "cooked", "picked_up"], await order.History());
    }

    [Fact]
    public async Task An_order_can_be_accepted_in_Korean()
    {
        var order = await Place(new { 품목 = "피자" });
        await order.Ticket();

        (await Stores.Post("/주문처리s", new { orderId = order.Id })).Expect(201);

        await order.Shows("order_received");
    }

    [Fact]
    public async Task A_put_moves_a_ticket_as_a_patch_does()
    {
        var order = await Chicken();
        await order.Ticket();

        (await Stores.Put($"/deliveries/{order.Id}", new { status = "receive" })).Expect(200);

        await order.Shows("order_received");
    }

    [Fact]
    public async Task No_step_is_taken_twice_or_left_out()
    {
        var order = await Chicken();
        await order.Moves("receive");

        Problem.Is((await order.Move("receive")).Expect(409));
        Problem.Is((await order.Move("ship")).Expect(409));
        Problem.Is((await order.Move("pickup")).Expect(409));
        var nonsense = (await order.Move("dance")).Expect(400);
        Assert.Equal("status", nonsense.Word("field"));
        (await Stores.Patch("/deliveries/999999999", new { status = "receive" })).Expect(404);
        Assert.Equal("receive", (await order.Ticket()).Word("status"));
    }
}
