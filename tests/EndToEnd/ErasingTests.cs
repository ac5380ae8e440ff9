using FoodDelivery.Protos.Ordering.V1;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Orders;
using FoodDelivery.Tests.Support.Processes;
using FoodDelivery.Tests.Support.Rest;
using Xunit.Abstractions;

namespace FoodDelivery.Tests.EndToEnd;

/// <summary>A customer is forgotten: what was written is looked for in every file and in every answer.</summary>
public sealed class ErasingTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const string Kim = "erase-kim";
    private const string Name = "유별난이름";
    private const string Phone = "01098765432";
    private const string Address = "유별난주소 1-2";
    private const string Reason = "유별난사유";

    private static readonly string[] Texts = [Name, Phone, Address, Reason];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private Fleet _fleet = null!;

    public async Task InitializeAsync() => _fleet = await Fleet.Local(RunningLocal.Unhurried);

    public async Task DisposeAsync()
    {
        output.WriteLine(_fleet.Output);
        await _fleet.DisposeAsync();
    }

    [Fact]
    public async Task Nothing_that_a_forgotten_customer_wrote_is_left_anywhere()
    {
        var number = (await _fleet.Rest("Customer").Post("/members", new { name = Name, phone = Phone, channel = "sms", customerId = Kim })).Expect(201).Word("membershipNumber");
        var delivered = await Place(Address, number);
        await Deliver(delivered);
        var cancelled = await Place(Address, number);
        await Eventually.Holds(async () =>
            (await _fleet.Rest("Order").Patch($"/orders/{cancelled.Id}", new { status = "order_cancel_request", reason = Reason })).ExpectSuccess());
        await cancelled.Shows("refunded");
        var rejected = await Place(Address, number);
        await rejected.Ticket();
        (await _fleet.Rest("Store").Patch($"/deliveries/{rejected.Id}", new { status = "reject", reason = Reason })).Expect(200);
        await rejected.Shows("refunded");
        var declined = await Decline();
        var others = await PlacedOrder.Of(_fleet, new { item = "chicken", address = "남의 주소", customerId = "erase-lee" });
        await Deliver(others);
        var open = await Place(Address, number);
        foreach (var text in Texts)
            Assert.NotEmpty(await Files(text));

        var refused = (await _fleet.Rest("Order").Delete($"/customers/{Kim}")).Expect(409);
        Assert.Equal(("ORDER_UNDER_WAY", open.Id), (refused.Word("reason"), refused.Number("orderId")));
        Assert.Equal(Address, (await delivered.Order()).Word("address"));
        await Deliver(open);
        (await _fleet.Rest("Order").Delete($"/customers/{Kim}")).Expect(204);

        await IsForgotten(number, [delivered.Id, cancelled.Id, rejected.Id, open.Id, declined]);
        Assert.Equal(("erased", 18_000), ((await delivered.Order()).Word("address"), (await delivered.Order()).Number("price")));
        Assert.Equal("approved", (await delivered.Payment()).Word("status"));
        Assert.Equal("남의 주소", (await others.Order()).Word("address"));
        Assert.Equal("남의 주소", (await others.Ticket()).Word("address"));

        const string rebuild = "/operations/order-statuses/rebuild";
        (await _fleet.Rest("Customer").Post(rebuild, new { })).Expect(202);
        await Eventually.Gives(async () => (await _fleet.Rest("Customer").Get(rebuild)).Expect(404));
        await cancelled.Shows("refunded");
        await IsForgotten(number, [delivered.Id, cancelled.Id, rejected.Id, open.Id, declined]);

        await new OrderService.OrderServiceClient(_fleet.Channel("Order")).EraseCustomerAsync(new EraseCustomerRequest { CustomerId = Kim });
        var again = await Place("새 주소", "");
        Assert.Equal("새 주소", (await again.Order()).Word("address"));
    }

    private Task<PlacedOrder> Place(string address, string membershipNumber) =>
        PlacedOrder.Of(_fleet, new { item = "chicken", storeId = 1, address, customerId = Kim, membershipNumber });

    private async Task<long> Decline()
    {
        (await _fleet.Rest("Pay").Put("/provider-simulator", new { declineRate = 1 })).Expect(200);
        var declined = (await _fleet.Rest("Order").Post("/orders", new { item = "chicken", address = Address, customerId = Kim })).Expect(422).Number("orderId");
        (await _fleet.Rest("Pay").Put("/provider-simulator", new { declineRate = 0 })).Expect(200);
        await Eventually.Gives(async () => (await _fleet.Rest("Customer").Get($"/orderStatuses/{declined}")).Expect(200));
        return declined;
    }

    private static async Task Deliver(PlacedOrder order)
    {
        await order.Moves("receive", "cook", "cooked", "ship", "deliver");
        await Eventually.Holds(async () => Assert.Equal("delivered", (await order.Order()).Word("status")));
    }

    private Task<IReadOnlyList<string>> Files(string text) => DataFolder.FilesWith(text, _fleet.Data);

    private Task IsForgotten(string number, long[] orders) => Eventually.Holds(
        async () =>
        {
            foreach (var text in Texts)
                Assert.True(await Files(text) is { Count: 0 } files, $"{text} is in {string.Join(", ", await Files(text))}");

            string[] paths =
            [
                $"Customer /members/{number}", $"Customer /members/{number}/points", $"Order /orders?customerId={Kim}&size=100", "Store /deliveries?size=100",
                $"Pay /payments?customerId={Kim}&size=100", $"Customer /orderStatuses?customerId={Kim}&size=100", "Customer /mypages?size=100",
                "Customer /notifications?size=100", "Customer /operations/undelivered-notifications",
                .. ReadRoute.All.Where(static route => route.IsCollection).Select(static route => $"{route.Service} {route.Path}?customerId={Kim}"),
                .. orders.SelectMany(static order => (string[])
                [
                    $"Order /orders/{order}", $"Store /deliveries/{order}", $"Pay /payments?orderId={order}", $"Customer /orderStatuses/{order}",
                    $"Customer /mypages/{order}", $"Customer /notifications?orderId={order}",
                ]),
                .. _fleet.Addresses.Keys.Where(static service => service is not "Gateway").Select(static service => $"{service} /operations/dead-letters"),
            ];
            foreach (var path in paths)
            {
                var answer = await _fleet.Rest(path[..path.IndexOf(' ')]).Get(path[(path.IndexOf(' ') + 1)..]);
                Assert.All(Texts, text => Assert.DoesNotContain(text, answer.Text, StringComparison.Ordinal));
            }

            // The console is a channel: it shows the customer's own messages, which may have a reason.
            Assert.All([Name, Phone, Address], text => Assert.DoesNotContain(text, _fleet.Output, StringComparison.Ordinal));
        },
        Patience);
}
