namespace FoodDelivery.Tests.Contract.Stores;

public sealed class ApiPageTests(RunningStores stores) : IClassFixture<RunningStores>
{
    [Fact]
    public async Task The_api_page_knows_every_route_and_its_fields()
    {
        var page = (await stores.Rest.Get("/openapi/v1.json")).Expect(200);

        foreach (var path in new[] { "/deliveries", "/주문관리s", "/stores" })
            Assert.True(page.At("paths", path).TryGetProperty("get", out _), page.Text);

        foreach (var (path, verb, field) in new[]
        {
            ("/deliveries/{orderId}", "patch", "status"), ("/주문관리s/{orderId}", "put", "reason"), ("/bakeries", "post", "orderId"),
            ("/주문처리s", "post", "status"), ("/stores/{storeId}/menu", "put", "dishes"),
        })
        {
            Assert.NotEmpty(page.Word("paths", path, verb, "requestBody", "content", "application/json", "schema", "properties", field, "description"));
        }

        Assert.NotEmpty(page.At("components", "schemas", "TicketFields", "properties", "openedAt").GetRawText());
    }
}
