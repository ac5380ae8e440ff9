using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Orders;
using FoodDelivery.Tests.Support.Processes;
using FoodDelivery.Tests.Support.Rest;

namespace FoodDelivery.Tests.EndToEnd;

/// <summary>What every collection of something that an order has one of does with <c>sort</c>.</summary>
internal static class SortedCollections
{
    private static readonly (string Service, string Path, string Name)[] All =
    [
        ("Order", "/orders", "orders"),
        ("Order", "/orders?customerId=sorted-kim", "orders"),
        ("Order", "/주문s", "orders"),
        ("Order", "/orderStatuses", "orderStatuses"),
        ("Pay", "/payments", "payments"),
        ("Pay", "/payments?customerId=sorted-kim", "payments"),
        ("Pay", "/결제이력s", "payments"),
        ("Store", "/deliveries", "deliveries"),
        ("Store", "/deliveries?storeId=1", "deliveries"),
        ("Store", "/주문관리s", "deliveries"),
        ("Store", "/bakeries", "bakeries"),
        ("Store", "/주문처리s", "주문처리s"),
        ("Customer", "/orderStatuses", "orderStatuses"),
        ("Customer", "/orderStatuses?customerId=sorted-kim", "orderStatuses"),
        ("Customer", "/mypages", "mypages"),
        ("Customer", "/mypages?customerId=sorted-kim", "mypages"),
        ("Customer", "/deliveries", "deliveries"),
    ];

    public static async Task AreSorted(IPlatform platform)
    {
        long[] placed = [await Place(), await Place(), await Place()];
        foreach (var (service, path, name) in All)
        {
            var (client, query) = (platform.Rest(service), path + (path.Contains('?', StringComparison.Ordinal) ? '&' : '?'));
            await Eventually.Holds(async () => Assert.Equal(placed[2], Assert.Single(await Numbers("size=1&sort=orderId,desc"))));

            var descending = await Numbers("size=1000&sort=orderId,desc");
            Assert.Equal(descending.OrderDescending(), descending);
            Assert.Equal(placed.Reverse(), descending.Where(placed.Contains));
            var ascending = await Numbers("size=1000&sort=orderId,asc");
            Assert.Equal(ascending.Order(), ascending);
            Assert.Equal(placed, ascending.Where(placed.Contains));

            // The second page, which the first links to.
            var first = (await client.Get($"{query}size=2&sort=orderId,asc")).Expect(200);
            Assert.Equal(ascending.Skip(2).Take(2), NumbersOf((await client.Get(first.Word("_links", "next", "href"))).Expect(200)));

            Assert.Equal("sort", (await client.Get($"{query}sort=price,asc")).Expect(400).Word("field"));

            async Task<IReadOnlyList<long>> Numbers(string part) => NumbersOf((await client.Get(query + part)).Expect(200));

            IReadOnlyList<long> NumbersOf(Answer page) => [.. page.Members(name).Select(static member => member.Number("orderId"))];
        }

        async Task<long> Place() => (await PlacedOrder.Of(platform, new { item = "chicken", customerId = "sorted-kim" })).Id;
    }
}
