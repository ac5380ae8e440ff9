using FoodDelivery.Platform.Hosting;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Orders;
using FoodDelivery.Tests.Support.Rest;
using Xunit.Abstractions;

namespace FoodDelivery.Tests.EndToEnd;

/// <summary>Every row of the route table answers, on its service's port and behind the development proxy.</summary>
public sealed class RouteTests(RunningLocal local, ITestOutputHelper output) : LocalTests(local, output)
{
    public static TheoryData<string, string, string> Collections => new()
    {
        { "Order", "/orders", "orders" },
        { "Order", "/주문s", "orders" },
        { "Order", "/orderStatuses", "orderStatuses" },
        { "Pay", "/payments", "payments" },
        { "Pay", "/결제이력s", "payments" },
        { "Store", "/deliveries", "deliveries" },
        { "Store", "/주문관리s", "deliveries" },
        { "Customer", "/orderStatuses", "orderStatuses" },
        { "Customer", "/mypages", "mypages" },
        { "Customer", "/deliveries", "deliveries" },
        { "Customer", "/notifications", "notifications" },
    };

    [Theory]
    [MemberData(nameof(Collections))]
    public async Task A_collection_has_pages(string service, string path, string name)
    {
        await Known();
        await Known();

        foreach (var client in new[] { Fleet.Rest(service), Fleet.Rest("Proxy") })
        {
            var first = (await client.Get($"{path}?page=0&size=1")).Expect(200);
            Assert.StartsWith("application/", first.Header("Content-Type"), StringComparison.Ordinal);
            var member = Assert.Single(first.Members(name));
            Assert.Equal(1, first.Number("page", "size"));
            Assert.Equal(0, first.Number("page", "number"));
            Assert.InRange(first.Number("page", "totalElements"), 2, 1_000_000);
            Assert.InRange(first.Number("page", "totalPages"), 2, 1_000_000);
            Assert.NotEmpty(first.Word("_links", "self", "href"));
            Assert.NotEmpty(first.Word("_embedded", name, "0", "_links", "self", "href"));

            var second = (await client.Get($"{path}?page=1&size=1")).Expect(200);
            Assert.NotEqual(member.GetRawText(), Assert.Single(second.Members(name)).GetRawText());
            Assert.Empty((await client.Get($"{path}?page=90000&size=1")).Expect(200).Members(name));
        }
    }

    [Fact]
    public async Task Collections_are_sorted_by_order_in_both_directions() => await SortedCollections.AreSorted(Fleet);

    [Theory]
    [MemberData(nameof(Collections))]
    public async Task A_bad_page_is_named(string service, string path, string name)
    {
        foreach (var (query, field) in new[] { ("page=-1", "page"), ("page=x", "page"), ("size=0", "size"), ("size=1001", "size"), ("sort=whatever", "sort") })
        {
            var answer = (await Fleet.Rest(service).Get($"{path}?{query}")).Expect(400);
            Problem.Is(answer);
            Assert.Equal(field, answer.Word("field"));
        }

        Assert.NotEmpty((await Fleet.Rest(service).Get($"{path}?page=0&size=1000")).Expect(200).At("_embedded", name).GetRawText());
    }

    [Theory]
    [InlineData("Order", "/orders/{0}", "order")]
    [InlineData("Order", "/주문s/{0}", "order")]
    [InlineData("Order", "/orderStatuses/{0}", "orderStatus")]
    [InlineData("Store", "/deliveries/{0}", "delivery")]
    [InlineData("Store", "/주문관리s/{0}", "delivery")]
    [InlineData("Customer", "/orderStatuses/{0}", "orderStatus")]
    [InlineData("Customer", "/mypages/{0}", "mypage")]
    [InlineData("Customer", "/deliveries/{0}", "delivery")]
    public async Task A_resource_links_to_itself(string service, string path, string name)
    {
        var order = await Known();

        foreach (var client in new[] { Fleet.Rest(service), Fleet.Rest("Proxy") })
        {
            var answer = (await client.Get(string.Format(path, order.Id))).Expect(200);
            Assert.Equal(order.Id, answer.Number("orderId"));
            var self = answer.Word("_links", "self", "href");
            Assert.Equal(self, answer.Word("_links", name, "href"));
            Assert.Equal(order.Id, (await client.Get(self)).Expect(200).Number("orderId"));

            foreach (var unknown in new[] { "999999999", "0", "-1", "99999999999999999999", "abc" })
            {
                var missing = await client.Get(path.Replace("{0}", unknown, StringComparison.Ordinal));
                Assert.InRange(missing.Status, 400, 404);
                Problem.Is(missing);
            }
        }
    }

    [Theory]
    [InlineData("/payments")]
    [InlineData("/결제이력s")]
    public async Task A_payment_has_a_number_of_its_own(string path)
    {
        var order = await Chicken();
        var id = Assert.Single((await Payments.Get($"{path}?orderId={order.Id}")).Expect(200).Members("payments")).Number("paymentId");

        var payment = (await Payments.Get($"{path}/{id}")).Expect(200);
        Assert.Equal(order.Id, payment.Number("orderId"));
        Assert.Equal("approved", payment.Word("status"));
        Assert.NotEmpty(payment.Word("_links", "payment", "href"));
        (await Payments.Get($"{path}/999999999")).Expect(404);
        Assert.Empty((await Payments.Get($"{path}?orderId=999999999")).Expect(200).Members("payments"));
    }

    public static TheoryData<string> Services => [.. ServiceCatalog.Services.Select(static service => service.Name).Where(static name => name is not ("Gateway" or "Identity"))];

    [Theory]
    [MemberData(nameof(Services))]
    public async Task Every_service_can_be_probed(string service)
    {
        var client = Fleet.Rest(service);

        (await client.Get("/healthz/live")).Expect(200);
        (await client.Get("/healthz/ready")).Expect(200);
        Assert.Contains("UP", (await client.Get("/actuator/health")).Expect(200).Text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("# TYPE", (await client.Get("/metrics")).Expect(200).Text, StringComparison.Ordinal);
        Assert.Contains("paths", (await client.Get("/openapi/v1.json")).Expect(200).Text, StringComparison.Ordinal);
        Problem.Is((await client.Get("/nothing/here")).Expect(404));
    }

    [Fact]
    public async Task The_door_leads_from_the_menu_to_the_doorstep()
    {
        var proxy = Fleet.Rest("Proxy");
        var id = (await proxy.Post("/orders", new { item = "pizza" })).Expect(201).Number("orderId");
        await Eventually.Gives(async () => (await proxy.Get($"/deliveries/{id}")).Expect(200));

        foreach (var status in new[] { "receive", "cook", "cooked", "ship", "deliver" })
            (await proxy.Patch($"/deliveries/{id}", new { status })).Expect(200);

        await Eventually.Holds(async () => Assert.Equal("delivered", (await proxy.Get($"/orderStatuses/{id}")).Expect(200).Word("status")));
        Assert.NotEmpty((await proxy.Get($"/payments?orderId={id}")).Expect(200).Members("payments"));
        (await proxy.Get("/stores/1/menu")).Expect(200);
        Problem.Is((await proxy.Get("/nothing/here")).Expect(404));
    }

    private async Task<PlacedOrder> Known()
    {
        var order = await Chicken();
        await order.Ticket();
        await order.Shows("pay_success");
        await Eventually.Holds(async () => Assert.NotEmpty(await order.Notifications()));
        return order;
    }
}
