using FoodDelivery.Tests.Support;
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

    [RealPlatformFact]
    public async Task Sealed_addresses_reach_the_store_and_are_nowhere_in_the_brokers_files()
    {
        const string address = "유별난주소 1-2";
        await using var platform = await RealPlatform.Up(
            "Kafka:SealTexts=true", "Order:Payments:TryTimeoutMilliseconds=10000", "Order:Payments:TotalTimeoutMilliseconds=15000", "Supervisor:ProbeTimeoutSeconds=10",
            "Supervisor:GivesWay=no");
        try
        {
            var order = await PlacedOrder.Of(platform, new { item = "chicken", address, customerId = "seal-kim" });
            Assert.Equal(address, (await order.Ticket()).Word("address"));
            await order.Moves("receive", "cook", "cooked", "ship", "deliver");
            await order.Shows("delivered");

            var broker = Path.Combine(platform.Data, "kafka");
            Assert.NotEmpty(await DataFolder.FilesWith("seal-kim", broker));
            Assert.Empty(await DataFolder.FilesWith(address, broker));
            var keys = Path.Combine(broker, "log", "fooddelivery.keys-0");
            Assert.Contains(Directory.EnumerateFiles(keys, "*.log"), static file => new FileInfo(file).Length > 0);
            Assert.False(Directory.Exists(Path.Combine(broker, "log", "fooddelivery.keys-1")), "The broker has made the topic by itself, which does not compact it.");

            await Eventually.Holds(async () => (await platform.Rest("Order").Delete("/customers/seal-kim")).Expect(204));
            await Eventually.Holds(async () => Assert.Equal("erased", (await order.Ticket()).Word("address")));
            (await platform.Rest("Store").Post("/operations/tickets/rebuild", new { })).Expect(202);
            await Eventually.Gives(async () => (await platform.Rest("Store").Get("/operations/tickets/rebuild")).Expect(404));
            Assert.Equal("erased", (await order.Ticket()).Word("address"));
        }
        finally
        {
            output.WriteLine(platform.Log());
        }
    }
}
