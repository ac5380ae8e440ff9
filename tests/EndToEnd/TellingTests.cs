using System.Text.Json;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Orders;
using FoodDelivery.Tests.Support.Rest;
using Xunit.Abstractions;

namespace FoodDelivery.Tests.EndToEnd;

/// <summary>Flow 5: notifications, each change once; and the view in the words of others.</summary>
public sealed class TellingTests(RunningLocal local, ITestOutputHelper output) : LocalTests(local, output)
{
    [Fact]
    public async Task Each_change_is_told_once()
    {
        var order = await Chicken();
        await order.Moves("receive", "cook", "cooked", "ship", "deliver");
        await order.Shows("delivered");

        await Eventually.Holds(async () =>
        {
            var sent = await order.Notifications();
            Assert.Equal(
                ["cooked", "cooking", "delivered", "delivering", "order_get", "order_received", "pay_success"],
                sent.Select(static one => one.Word("status")).Order(StringComparer.Ordinal));
        });

        var told = await order.Notifications();
        Assert.All(told, static one => Assert.All(["channel", "recipient", "text", "sentAt"], field => Assert.NotEmpty(one.Word(field))));
        Assert.Equal(told.Select(SentAt).Order(), told.Select(SentAt));
        var owner = told.Single(static one => one.Word("status") == "order_get");
        Assert.StartsWith("store-", owner.Word("recipient"), StringComparison.Ordinal);
        Assert.Equal(
            ["pay_success", "order_received", "cooking", "cooked", "delivering", "delivered"],
            told.Where(static one => one.Word("status") != "order_get").Select(static one => one.Word("status")));
    }

    [Fact]
    public async Task A_declined_cancellation_is_told_with_its_reason_and_a_refund_is_told()
    {
        var late = await Place(new { item = "cake" });
        await late.Moves("receive");
        await late.Shows("order_received");
        (await late.AskToCancel()).ExpectSuccess();
        var early = await Place(new { item = "cake" });
        (await early.AskToCancel()).ExpectSuccess();

        await Told(late, "cancel_declined", "cancel_requested", "order_get", "order_received", "order_received", "pay_success");
        await Told(early, "cancel_requested", "order_cancel", "order_get", "pay_success", "refunded");

        var reason = (await late.View()).At("history").EnumerateArray().Single(static change => change.Word("status") == "cancel_declined").Word("reason");
        // The store's software says it in English, the message in the recipient's language.
        Assert.Equal("The order is already accepted.", reason);
        Assert.EndsWith(
            "사유: 가게가 이미 주문을 접수했습니다.",
            (await late.Notifications()).Single(static one => one.Word("status") == "cancel_declined").Word("text"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Korean_and_emoji_go_everywhere_unharmed()
    {
        const string address = "서울시 종로구 세종대로 1-1, 🏠 3층 (뒷문) 👨‍👩‍👧";
        const string customer = "김철수😀";

        var order = await Place(new { 품목 = " 통닭 ", 주소 = address, customerId = customer });
        await order.Ticket();
        const string reason = "오늘은 닭이 없어요 🐔";
        (await Stores.Patch($"/deliveries/{order.Id}", new { status = "reject", reason })).Expect(200);
        var view = await order.Shows("refunded");

        Assert.Equal("통닭", (await order.Order()).Word("item"));
        Assert.Equal(address, (await order.Order()).Word("address"));
        Assert.Equal(customer, (await order.Order()).Word("customerId"));
        Assert.Equal(address, (await order.Ticket()).Word("address"));
        Assert.Equal("통닭", view.Word("item"));
        Assert.Equal(reason, view.At("history").EnumerateArray().Single(static change => change.Word("status") == "order_rejected").Word("reason"));
        await Eventually.Holds(async () => Assert.Contains(
            await order.Notifications(),
            one => one.Word("text").Contains(reason, StringComparison.Ordinal) && one.Word("recipient").Contains(customer, StringComparison.Ordinal)));
        Assert.Contains("통닭", (await order.View()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_bakerys_page_has_its_own_words()
    {
        var order = await Place(new { item = "IceAmericano2", qty = 2, price = 5000 });
        await order.Shows("pay_success");

        var page = (await Customers.Get($"/mypages/{order.Id}")).Expect(200);
        Assert.Equal(order.Id, page.Number("orderId"));
        Assert.Equal("IceAmericano2", page.Word("item"));
        Assert.Equal(2, page.Number("qty"));
        Assert.Equal(5000, page.Number("price"));
        Assert.Equal(3, page.Number("bakeryId"));
        Assert.Equal((await order.Payment()).Number("paymentId"), page.Number("paymentId"));
        Assert.True(page.Has("action"), page.Text);
        Assert.NotEqual("Confirmed", page.Word("status"));

        await order.Moves("receive");
        await order.Shows("order_received");
        Assert.Equal("Confirmed", (await Customers.Get($"/mypages/{order.Id}")).Expect(200).Word("status"));
        Assert.Contains((await Customers.Get("/mypages?size=1000")).Expect(200).Members("mypages"), one => one.Number("orderId") == order.Id);
    }

    private static Task Told(PlacedOrder order, params string[] statuses) => Eventually.Holds(async () =>
        Assert.Equal(statuses, (await order.Notifications()).Select(static one => one.Word("status")).Order(StringComparer.Ordinal)));

    private static DateTimeOffset SentAt(JsonElement notification) => notification.GetProperty("sentAt").GetDateTimeOffset();
}
