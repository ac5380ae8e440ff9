using FoodDelivery.Tests.Support.Orders;
using FoodDelivery.Tests.Support.Real;
using Xunit.Abstractions;

namespace FoodDelivery.Tests.EndToEnd;

/// <summary>The product as a company's machine without Docker runs it, on PostgreSQL, Redis and Kafka.</summary>
public sealed class RealPlatformTests(ITestOutputHelper output)
{
    [RealPlatformFact]
    public async Task Orders_live_through_deaths_and_nothing_is_left_when_it_is_stopped()
    {
        await using var platform = await RealPlatform.Up(
            "Order:Payments:TryTimeoutMilliseconds=10000", "Order:Payments:TotalTimeoutMilliseconds=15000", "Supervisor:ProbeSeconds=0.5", "Supervisor:ProbeTimeoutSeconds=5", "Supervisor:GivesWay=no");
        try
        {
            var order = await PlacedOrder.Of(platform, new { item = "chicken", address = "서울시 마포구 1 🏠" });
            await order.Moves("receive");
            await order.Shows("order_received");
            (await platform.Rest("Proxy").Get($"/orders/{order.Id}")).Expect(200);
            (await platform.Rest("Order").Get($"/orderStatuses/{order.Id}")).Expect(200);
            (await platform.Rest("Customer").Get($"/deliveries/{order.Id}")).Expect(200);

            await Followers.Follow(platform);

            Assert.Contains($"# TYPE {AlertTests.OfRedisAlone} ", (await platform.RestOf("customer-1").Get("/metrics")).Expect(200).Text, StringComparison.Ordinal);

            var former = platform.Kill("store-1");
            (await order.AskToCancel()).ExpectSuccess();
            await platform.Reborn("store-1", former);
            await order.Shows("refunded");

            await platform.Scale("Store", 2);
            (await platform.RestOf("store-2").Get($"/deliveries/{order.Id}")).Expect(200);
            await platform.Scale("Store", 1);
            Assert.DoesNotContain("store-2", platform.Names);

            var hung = platform.Freeze("customer-1");
            await platform.Reborn("customer-1", hung, TimeSpan.FromMinutes(1));

            var pids = platform.Names.Select(platform.Pid).ToList();
            await platform.Down();
            Assert.All(pids, static pid => Assert.False(Directory.Exists($"/proc/{pid}")));
            Assert.Empty(Directory.EnumerateFiles(Path.Combine(platform.Data, "run"), "*.pid"));
        }
        finally
        {
            output.WriteLine(platform.Log());
        }
    }
}
