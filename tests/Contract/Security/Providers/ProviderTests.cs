using System.Text.Json;
using FoodDelivery.Protos.Ordering.V1;
using FoodDelivery.Protos.Payment.V1;
using FoodDelivery.Protos.Store.V1;
using FoodDelivery.Tests.Support;

namespace FoodDelivery.Tests.Contract.Security.Providers;

/// <summary>Every provider of the document works by its settings there, all of them at once: an order from the customer's token to the owner's ticket.</summary>
[Collection(ClosedPlatform.Name)]
public sealed class ProviderTests(ClosedPlatform platform)
{
    public static TheoryData<string> Providers => [.. ProviderShape.All.Keys];

    [Fact]
    public void Every_row_of_the_document_is_run() =>
        Assert.Equal(ProviderShape.All.Keys.Order(StringComparer.Ordinal), ProviderDocument.Rows.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Its_customers_order_by_every_protocol_and_see_their_own_alone(string provider)
    {
        var customer = platform.Providers.Token(provider, "customer", "kim")!;
        var name = platform.Providers.Prefix(provider) + "kim";
        Is(204, await platform.Of("Pay").Rest("PUT", $"/cards/{name}", customer, ClosedPlatform.Card(name)));

        var placed = await platform.Of("Order").Rest("POST", "/orders", customer, new { item = "chicken", address = "서울" });
        Is(201, placed);
        Is(200, await platform.Of("Order").Rpc("/fooddelivery.ordering.v1.OrderService/PlaceOrder", Wanted(), customer, patiently: true));
        Is(200, await platform.Of("Order").Web("/fooddelivery.ordering.v1.OrderService/PlaceOrder", Wanted(), customer, patiently: true));

        var own = await platform.Of("Order").Rest("GET", $"/orders/{placed.Number("orderId")}", customer);
        Is(200, own);
        Assert.Equal(name, own.Word("customerId"));
        Is(404, await platform.Of("Order").Rest("GET", $"/orders/{platform.Other.Order}", customer));
        Is(403, await platform.Of("Store").Rest("GET", $"/deliveries/{placed.Number("orderId")}", customer));
        Is(403, await platform.Of("Store").Rest("GET", "/operations/dead-letters", customer));
        Is(403, await platform.Of("Pay").Rpc("/fooddelivery.payment.v1.PaymentService/ApprovePayment", new ApprovePaymentRequest(), customer, patiently: true));

        var expired = await platform.Of("Order").Rest("GET", "/orders", platform.Providers.Token(provider, "customer", "kim", seconds: -120));
        Is(401, expired);
        Assert.Equal("TOKEN_EXPIRED", expired.Word("reason"));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Its_owners_operators_and_services_do_what_is_their_business(string provider)
    {
        if (platform.Providers.Token(provider, "owner", "park") is not { } owner)
        {
            Assert.Equal("customer", ProviderDocument.Rows[provider]["DefaultRole"]);
            return;
        }

        await Eventually.Holds(async () => Is(200, await platform.Of("Store").Rest("GET", $"/deliveries/{platform.Own.Order}", owner)));
        Is(404, await platform.Of("Store").Rest("GET", $"/deliveries/{platform.Other.Order}", owner));
        Is(200, await platform.Of("Store").Rest("GET", "/deliveries?storeId=2", owner));
        Is(403, await platform.Of("Store").Rest("GET", "/deliveries?storeId=1", owner));
        Is(403, await platform.Of("Store").Rest("GET", "/operations/dead-letters", owner));

        var operators = platform.Providers.Token(provider, "operator", "choi");
        Is(200, await platform.Of("Store").Rest("GET", "/operations/dead-letters", operators));
        Is(200, await platform.Of("Order").Rest("GET", $"/orders/{platform.Other.Order}", operators));

        if (platform.Providers.Token(provider, "service", "order") is { } service)
        {
            Is(409, await platform.Of("Pay").Rpc("/fooddelivery.payment.v1.PaymentService/ApprovePayment", new ApprovePaymentRequest(), service, patiently: true));
            Is(403, await platform.Of("Store").Rest("GET", "/operations/dead-letters", service));
        }
    }

    [Fact]
    public async Task An_owner_of_several_stores_sees_the_tickets_of_all()
    {
        var claims = platform.Tokens.Claims("park", "owner");
        claims["store_id"] = new[] { 2, 1 };
        var both = platform.Tokens.Sign(claims);
        foreach (var order in new[] { platform.Own.Order, platform.Other.Order })
            Is(200, await platform.Of("Store").Rest("GET", $"/deliveries/{order}", both));

        var all = await Orders("/deliveries?size=1000", both);
        Assert.Contains(platform.Own.Order, all);
        Assert.Contains(platform.Other.Order, all);
        Assert.Equal([platform.Other.Order], await Orders("/deliveries?storeId=1&size=1000", both));
        Assert.DoesNotContain(platform.Other.Order, await Orders("/deliveries?size=1000", platform.Tokens.For("lee", "owner", 2)));
        Is(409, await platform.Of("Store").Rpc("/fooddelivery.store.v1.TicketService/WatchTickets", new WatchTicketsRequest(), both, patiently: true));
        foreach (var store in new[] { 1, 2 })
            Is(200, await platform.Of("Customer").Rest("GET", $"/owners/{store}/contact", both));
        Is(403, await platform.Of("Customer").Rest("GET", "/owners/3/contact", both));
    }

    [Fact]
    public async Task A_tenant_that_is_not_listed_is_no_ones_issuer()
    {
        const string Provider = "Entra, several tenants";
        var stranger = platform.Providers.Token(Provider, "operator", "mallory", claims => claims["tid"] = "66666666-aaaa-4bbb-8ccc-666666666666");
        Is(401, await platform.Of("Order").Rest("GET", "/orders", stranger));
        Is(200, await platform.Of("Order").Rest("GET", "/orders", platform.Providers.Token(Provider, "operator", "kim", claims => claims["tid"] = "55555555-aaaa-4bbb-8ccc-666666666666")));
    }

    [Theory]
    [InlineData("Cognito", "client_id")]
    [InlineData("Ory Hydra", "client_id")]
    [InlineData("Keycloak, roles of the realm", "azp")]
    public async Task A_token_that_was_given_to_a_stranger_s_client_is_refused(string provider, string claim)
    {
        Is(401, await platform.Of("Order").Rest("GET", "/orders", platform.Providers.Token(provider, "customer", "kim", claims => claims[claim] = "another-app")));
        Is(401, await platform.Of("Order").Rest("GET", "/orders", platform.Providers.Token(provider, "customer", "kim", claims => claims.Remove(claim))));
        Is(401, await platform.Of("Order").Rest("GET", "/orders", platform.Providers.Token(provider, "customer", "kim", claims => claims["aud"] = "another-api")));
    }

    private async Task<IReadOnlyList<long>> Orders(string path, string token)
    {
        var answer = await platform.Of("Store").Rest("GET", path, token);
        Is(200, answer);
        return [.. JsonDocument.Parse(answer.Text).RootElement.GetProperty("_embedded").GetProperty("deliveries").EnumerateArray().Select(static one => one.GetProperty("orderId").GetInt64())];
    }

    private static PlaceOrderRequest Wanted() => new PlaceOrderRequest { Items = { new OrderItem { Item = "chicken" } }, Address = "서울" };

    private static void Is(int status, Reply reply) => Assert.True(reply.Status == status, reply.ToString());
}
