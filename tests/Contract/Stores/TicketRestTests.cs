using FoodDelivery.Protos.Ordering.V1;
using FoodDelivery.Protos.Store.V1;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Rest;

namespace FoodDelivery.Tests.Contract.Stores;

public sealed class TicketRestTests(RunningStores stores) : IClassFixture<RunningStores>
{
    [Theory]
    [InlineData("/deliveries")]
    [InlineData("/주문관리s")]
    public async Task A_placed_order_is_a_ticket(string path)
    {
        var order = await stores.Order();

        var ticket = (await stores.Rest.Get($"{path}/{order}")).Expect(200);

        Assert.Equal((order, 2L), (ticket.Number("orderId"), ticket.Number("storeId")));
        Assert.Equal(("통닭 🐔", 2L, 18_000L, 56_000L), (ticket.Word("item"), ticket.Number("qty"), ticket.Number("price"), ticket.Number("total")));
        Assert.Equal(("pizza", 20_000L), (ticket.Word("lines", "1", "item"), ticket.Number("lines", "1", "price")));
        Assert.Equal(("서울시 마포구 1", "order_get", 1L), (ticket.Word("address"), ticket.Word("status"), ticket.Number("version")));
        Assert.EndsWith("Z", ticket.Word("openedAt"), StringComparison.Ordinal);
        Assert.Equal($"/deliveries/{order}", ticket.Word("_links", "delivery", "href"));
    }

    [Fact]
    public async Task An_owner_moves_a_ticket_on_and_each_move_is_published()
    {
        var order = await stores.Order();

        foreach (var status in new[] { "receive", "COOK", "cooked", "ship", "deliver" })
        {
            var answer = (await stores.Rest.Patch($"/deliveries/{order}", new { status })).Expect(200);
            Assert.Equal(status, answer.Word("status"), ignoreCase: true);
        }

        await Eventually.Holds(() =>
        {
            var told = stores.PublishedOf<TicketStatusChanged>(order).ToList();
            Assert.Equal([1, 2, 3, 4, 5, 6], told.Select(static change => change.Version));
            Assert.Equal(TicketStatus.Deliver, told[^1].Status);
            return Task.CompletedTask;
        });
    }

    [Theory]
    [InlineData("/bakeries", "bakeries")]
    [InlineData("/주문처리s", "주문처리s")]
    public async Task What_can_be_accepted_is_listed_where_it_is_accepted(string path, string name)
    {
        var order = await stores.Order();

        var listed = (await stores.Rest.Get($"{path}?size=1000&sort=orderId,desc")).Expect(200);

        Assert.Contains(order, listed.Members(name).Select(static ticket => ticket.GetProperty("orderId").GetInt64()));
    }

    [Fact]
    public async Task What_a_collection_cannot_be_sorted_by_is_refused()
    {
        Assert.Equal("sort", (await stores.Rest.Get("/deliveries?sort=status,asc")).Expect(400).Word("field"));
        Assert.Equal("sort", (await stores.Rest.Get("/stores?sort=name")).Expect(400).Word("field"));
    }

    [Theory]
    [InlineData("/deliveries")]
    [InlineData("/stores/1/menu")]
    [InlineData("/healthz/live")]
    public async Task HEAD_is_answered_as_GET_is_without_the_body(string path)
    {
        var (whole, head) = ((await stores.Rest.Get(path)).Expect(200), (await stores.Rest.Send(HttpMethod.Head, path)).Expect(200));

        Assert.NotEmpty(whole.Text);
        Assert.Empty(head.Text);
        Assert.Equal(whole.Header("Content-Type"), head.Header("Content-Type"));
    }

    [Fact]
    public async Task To_receive_an_order_is_safe_to_repeat()
    {
        var order = await stores.Order();

        var first = (await stores.Rest.Put($"/deliveries/{order}", new { status = "receive" })).Expect(200);
        (await stores.Rest.Patch($"/deliveries/{order}", new { status = "cook" })).Expect(200);
        var again = (await stores.Rest.Put($"/deliveries/{order}", new { status = "receive" })).Expect(200);

        Assert.Equal(first.Text, again.Text);
        Assert.Equal("cook", (await stores.Rest.Get($"/deliveries/{order}")).Expect(200).Word("status"));
    }

    [Fact]
    public async Task Bad_moves_are_named()
    {
        var order = await stores.Order();
        var ticket = $"/deliveries/{order}";

        Assert.Equal("status", (await stores.Rest.Put(ticket, new { status = "dance" })).Expect(400).Word("field"));
        Assert.Equal("status", (await stores.Rest.Put(ticket, new { })).Expect(400).Word("field"));
        Assert.Equal("status", (await stores.Rest.Put(ticket, new { status = new[] { 1 } })).Expect(400).Word("field"));
        Assert.Equal("body", (await stores.Rest.Send(HttpMethod.Put, ticket, RestClient.Raw("{"))).Expect(400).Word("field"));
        Assert.Equal("reason", (await stores.Rest.Put(ticket, new { status = "reject", reason = new string('a', 501) })).Expect(400).Word("field"));
        var early = (await stores.Rest.Put(ticket, new { status = "ship" })).Expect(409);
        Assert.Equal(("NOT_YET_COOKED", order), (early.Word("reason"), early.Number("orderId")));
        foreach (var unknown in new[] { "999999999", "0", "-1", "99999999999999999999", "abc" })
        {
            Assert.Equal("TICKET_NOT_FOUND", (await stores.Rest.Put($"/deliveries/{unknown}", new { status = "receive" })).Expect(404).Word("reason"));
            (await stores.Rest.Get($"/deliveries/{unknown}")).Expect(404);
        }
    }

    [Fact]
    public async Task A_rejection_carries_its_reason()
    {
        var order = await stores.Order();

        (await stores.Rest.Put($"/deliveries/{order}", new { status = "reject", reason = "닭이 없어요" })).Expect(200);

        Assert.Equal("닭이 없어요", (await stores.Rest.Get($"/deliveries/{order}")).Expect(200).Word("reason"));
        await Eventually.Holds(() => Task.FromResult(Assert.Single(
            stores.PublishedOf<TicketStatusChanged>(order), static change => change is { Status: TicketStatus.Reject, Reason: "닭이 없어요" })));
    }

    [Theory]
    [InlineData("/bakeries")]
    [InlineData("/주문처리s")]
    public async Task Accepting_is_safe_to_repeat_under_a_key(string path)
    {
        var (order, other, key) = (await stores.Order(), await stores.Order(), Guid.NewGuid().ToString());
        var body = new { orderId = $"{order}", status = "Confirmed" };

        var first = (await stores.Rest.Post(path, body, key)).Expect(201);
        (await stores.Rest.Patch($"/deliveries/{order}", new { status = "cook" })).Expect(200);
        var again = (await stores.Rest.Post(path, body, key)).Expect(201);

        Assert.Equal(($"/deliveries/{order}", "receive"), (first.Header("Location"), first.Word("status")));
        Assert.Equal(first.Text, again.Text);
        Assert.Equal("ALREADY_ACCEPTED", (await stores.Rest.Post(path, body)).Expect(409).Word("reason"));
        Assert.Equal("IDEMPOTENCY_KEY_REUSED", (await stores.Rest.Post(path, new { orderId = other }, key)).Expect(422).Word("reason"));
        Assert.Equal("orderId", (await stores.Rest.Post(path, new { })).Expect(400).Word("field"));
        Assert.Equal("status", (await stores.Rest.Post(path, new { orderId = other, status = "Maybe" })).Expect(400).Word("field"));
        (await stores.Rest.Post(path, new { orderId = 999999999 })).Expect(404);
    }

    [Fact]
    public async Task Twenty_owners_who_press_at_once_accept_once()
    {
        var order = await stores.Order();
        var key = Guid.NewGuid().ToString();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(number =>
            stores.Rest.Post("/bakeries", new { orderId = order }, number < 10 ? key : null)));

        Assert.Equal(1, (await stores.Rest.Get($"/deliveries/{order}")).Expect(200).Number("version") - 1);
        var (keyed, keyless) = (answers[..10].Select(static answer => answer.Status).ToList(), answers[10..].Select(static answer => answer.Status).ToList());
        Assert.True(keyed.TrueForAll(static status => status == 201) && keyless.TrueForAll(static status => status == 409)
            || keyed.TrueForAll(static status => status == 409) && keyless.Count(static status => status == 201) == 1, string.Join(' ', keyed.Concat(keyless)));
    }

    [Fact]
    public async Task A_cancellation_is_granted_or_declined_by_the_stores_rule()
    {
        var (early, late) = (await stores.Order(store: 3), await stores.Order(store: 3));
        (await stores.Rest.Patch($"/deliveries/{late}", new { status = "receive" })).Expect(200);

        await stores.Told(early, new OrderCancelRequested { OrderId = early, StoreId = 3, Reason = "too long" });
        await stores.Told(late, new OrderCancelRequested { OrderId = late, StoreId = 3, Reason = "too long" });

        await Eventually.Holds(async () =>
        {
            Assert.Equal("order_canceled", (await stores.Rest.Get($"/deliveries/{early}")).Expect(200).Word("status"));
            var declined = Assert.Single(stores.PublishedOf<CancellationDeclined>(late));
            Assert.Equal(("The order is already accepted.", "ALREADY_ACCEPTED"), (declined.Reason, declined.ReasonCode));
        });
        Assert.Equal("receive", (await stores.Rest.Get($"/deliveries/{late}")).Expect(200).Word("status"));
    }

    [Fact]
    public async Task Told_twice_an_order_is_cooked_once_and_a_cancelled_one_not_at_all()
    {
        var order = await stores.Order();
        await stores.Told(order, RunningStores.Placed(order), RunningStores.Placed(order), new OrderCancelled { OrderId = order, StoreId = 2, Reason = "refunded" });

        await Eventually.Holds(() =>
        {
            Assert.Equal(
                [TicketStatus.OrderGet, TicketStatus.OrderCanceled],
                stores.PublishedOf<TicketStatusChanged>(order).Select(static change => change.Status));
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task Tickets_come_in_pages_newest_first()
    {
        var (first, second) = (await stores.Order(store: 1), await stores.Order(store: 1));

        var page = (await stores.Rest.Get("/deliveries?page=0&size=1&storeId=1")).Expect(200);

        Assert.Equal(second, Assert.Single(page.Members("deliveries")).GetProperty("orderId").GetInt64());
        Assert.InRange(page.Number("page", "totalElements"), 2, 1_000);
        Assert.Contains("storeId=1", page.Word("_links", "next", "href"), StringComparison.Ordinal);
        Assert.Equal(first, Assert.Single((await stores.Rest.Get("/주문관리s?page=1&size=1&storeId=1")).Expect(200).Members("deliveries")).GetProperty("orderId").GetInt64());
        Assert.Equal("size", (await stores.Rest.Get("/deliveries?size=0")).Expect(400).Word("field"));
        Assert.Empty((await stores.Rest.Get("/deliveries?page=1000000&size=1000")).Expect(200).Members("deliveries"));
    }
}
