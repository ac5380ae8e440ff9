using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Processes;
using FoodDelivery.Tests.Support.Rest;

namespace FoodDelivery.Tests.EndToEnd.Polyglot;

/// <summary>What somebody asks the services of an empty platform, and what they answer, without what differs from day to day.</summary>
internal sealed class Conversation(Fleet fleet)
{
    private readonly List<string> _answers = [];
    private readonly Plain _plain = new();

    /// <summary>All answers, in their order.</summary>
    public async Task<IReadOnlyList<string>> Held()
    {
        await Menus();
        var member = await Member();
        await Orders(member);
        await Refusals();
        await Collections();
        await Get("Customer", $"/members/{member}/points");
        return _answers;
    }

    private async Task Menus()
    {
        await Get("Store", "/stores");
        await Get("Store", "/stores/2/menu");
        await Put("Store", "/stores/3/menu", new { dishes = "none" });
        await Get("Store", "/stores/4/menu");
    }

    private async Task<string> Member()
    {
        var member = (await Post("Customer", "/members", new { name = "김철수 🏠", phone = "010-1234-5678", channel = "sms", language = "ko" }, "member")).Word("membershipNumber");
        await Post("Customer", "/members", new { name = "김철수 🏠", phone = "010-1234-5678", channel = "sms", language = "ko" }, "member");
        await Post("Customer", "/members", new { name = "", phone = "1" });
        await Get("Customer", $"/members/{member}");
        await Get("Customer", $"/members/{member}/points");
        return member;
    }

    private async Task Orders(string member)
    {
        var delivered = await Order(new { item = "chicken", qty = "2", address = "서울시 마포구 1 🏠", customerId = "kim", membershipNumber = member }, "first");
        await Post("Order", "/orders", new { item = "chicken", qty = "2", address = "서울시 마포구 1 🏠", customerId = "kim", membershipNumber = member }, "first");
        await Post("Order", "/orders", new { item = "pizza" }, "first");
        foreach (var (move, status) in new[] { ("receive", "order_received"), ("cook", "cooking"), ("cooked", "cooked"), ("ship", "delivering"), ("deliver", "delivered") })
        {
            await Patch("Store", $"/deliveries/{delivered}", new { status = move });
            await Shows(delivered, status);
        }

        await Patch("Store", $"/deliveries/{delivered}", new { status = "receive" });
        await Patch("Order", $"/orders/{delivered}", new { status = "order_cancel_request" });
        var rejected = await Order(new { 품목 = "피자", 수량 = 1 });
        await Patch("Store", $"/deliveries/{rejected}", new { status = "reject", reason = "오늘은 닫았어요" });
        await Shows(rejected, "refunded");

        var regretted = await Order(new { lines = new object[] { new { item = "pizza", qty = 1 }, new { item = "chicken", qty = 3 } } });
        await Patch("Order", $"/orders/{regretted}", new { status = "order_cancel_request" });
        await Shows(regretted, "refunded");

        var refunded = await Order(new { item = "IceAmericano", qty = 1, price = 2500 });
        await Post("Pay", "/payments", new { orderId = refunded, price = 2500, action = "apply" });
        await Post("Pay", "/payments", new { orderId = refunded, price = 2501, action = "apply" });
        await Post("Pay", "/payments", new { orderId = refunded, action = "cancle" });
        await Shows(refunded, "refunded");

        var kept = await Order(new { item = "cake" });
        await Post("Store", "/bakeries", new { orderId = kept, status = "Confirmed" });
        await Shows(kept, "order_received");
        await Patch("Order", $"/orders/{kept}", new { status = "order_cancel_request" });
        await Shows(kept, "order_received", changes: 5);
    }

    private async Task Refusals()
    {
        await Post("Order", "/orders", new { item = "unicorn" });
        await Post("Order", "/orders", new { item = "chicken", qty = 0 });
        await Post("Order", "/orders", new { item = "chicken", price = 1 });
        await Post("Order", "/orders", new { item = "chicken", storeId = 99 });
        await Declined(await Post("Order", "/orders", new { item = "chicken", qty = 90 }));
        await Get("Order", "/orders/999");
        await Get("Order", "/orders/none");
        await Get("Pay", "/payments/none");
        await Get("Pay", "/payments?orderId=none");
        await Post("Pay", "/payments", new { orderId = 999, price = 1, action = "apply" });
        await Patch("Store", "/deliveries/999", new { status = "receive" });
        await Patch("Store", "/deliveries/1", new { status = "fly" });
        await Get("Customer", "/orderStatuses/999");
        await Get("Customer", "/members/1");
    }

    private async Task Collections()
    {
        foreach (var (service, path) in new[]
        {
            ("Order", "/orders"), ("Pay", "/payments"), ("Store", "/deliveries"), ("Customer", "/orderStatuses"), ("Customer", "/mypages"), ("Customer", "/notifications"),
        })
        {
            await Get(service, path);
            await Get(service, $"{path}?size=2&page=1");
            await Get(service, $"{path}?size=0");
            await Get(service, $"{path}?orderId=1");
        }

        foreach (var service in new[] { "Order", "Pay", "Store", "Customer" })
            await Get(service, "/operations/dead-letters");
    }

    private async Task<long> Order(object body, string? key = null)
    {
        var order = (await Post("Order", "/orders", body, key)).Expect(201).Number("orderId");
        await Eventually.Gives(async () => (await fleet.Rest("Store").Get($"/deliveries/{order}")).Expect(200));
        await Shows(order, "pay_success");
        return order;
    }

    private async Task Declined(Answer refusal)
    {
        var attempt = refusal.Expect(422).Number("orderId");
        await Eventually.Holds(async () => Assert.Equal("pay_fail", (await fleet.Rest("Customer").Get($"/orderStatuses/{attempt}")).Expect(200).Word("status")));
        await Get("Customer", $"/orderStatuses/{attempt}");
        await Get("Order", $"/orders/{attempt}");
        await Get("Pay", $"/payments?orderId={attempt}");
    }

    // Once everybody has heard of it, all of them are asked.
    private async Task Shows(long order, string status, int? changes = null)
    {
        await Eventually.Holds(async () =>
        {
            var view = (await fleet.Rest("Customer").Get($"/orderStatuses/{order}")).Expect(200);
            var told = (await fleet.Rest("Customer").Get($"/notifications?orderId={order}&size=100")).Expect(200).Members("notifications");
            Assert.Equal(status, view.Word("status"));
            Assert.Equal(changes ?? view.Number("version"), view.Number("version"));
            Assert.Equal(view.Number("version") + 1, told.Count);
        });
        await Get("Order", $"/orders/{order}");
        await Get("Pay", $"/payments?orderId={order}");
        await Get("Store", $"/deliveries/{order}");
        await Get("Customer", $"/orderStatuses/{order}");
        await Get("Customer", $"/mypages/{order}");
        await Get("Customer", $"/notifications?orderId={order}");
    }

    private async Task Get(string service, string path) => Note(await fleet.Rest(service).Get(path));

    private async Task<Answer> Post(string service, string path, object body, string? key = null) => Note(await fleet.Rest(service).Post(path, body, key));

    private async Task Put(string service, string path, object body) => Note(await fleet.Rest(service).Put(path, body));

    private async Task Patch(string service, string path, object body) => Note(await fleet.Rest(service).Patch(path, body));

    private Answer Note(Answer answer)
    {
        _answers.Add(_plain.Of(answer));
        return answer;
    }
}
