using FoodDelivery.Tests.Support.Orders;
using FoodDelivery.Tests.Support.Postgres;
using FoodDelivery.Tests.Support.Processes;
using Xunit.Abstractions;

namespace FoodDelivery.Tests.EndToEnd;

/// <summary>The whole platform on PostgreSQL, each service in a database of its own.</summary>
public sealed class PostgresTests(ITestOutputHelper output)
{
    [PostgresFact]
    public async Task A_dish_goes_from_the_menu_to_the_doorstep_and_a_rejected_one_is_refunded()
    {
        var cluster = await PostgresCluster.Running();
        await using var fleet = await Fleet.Local(
            "--Storage:Provider=Postgres",
            $"--Storage:ConnectionString={cluster.ConnectionString("food_{name}")}",
            "--Order:Payments:TryTimeoutMilliseconds=10000",
            "--Order:Payments:TotalTimeoutMilliseconds=15000");
        try
        {
            var order = await PlacedOrder.Of(fleet, new { item = "chicken", address = "서울시 마포구 1 🏠" }, key: "once");
            Assert.Equal(order.Id, (await PlacedOrder.Of(fleet, new { item = "chicken", address = "서울시 마포구 1 🏠" }, key: "once")).Id);
            await order.Moves("receive", "cook", "cooked", "ship", "deliver");
            await order.Shows("delivered");
            Assert.Equal(["pay_success", "order_received", "cooking", "cooked", "delivering", "delivered"], await order.History());

            var rejected = await PlacedOrder.Of(fleet, new { 품목 = "피자" });
            await rejected.Moves("reject");
            await rejected.Shows("refunded");

            Assert.Single((await fleet.Rest("Order").Get("/orders?size=1")).Expect(200).Members("orders"));
            await SortedCollections.AreSorted(fleet);
            Assert.Equal("ready", (await fleet.Rest("Order").Get("/healthz/ready")).Expect(200).At("checks").GetProperty("database").GetString());
            Assert.Equal(["log.db", "provider.db"], Directory.EnumerateFiles(fleet.Data, "*.db").Select(Path.GetFileName).Order(StringComparer.Ordinal));
        }
        finally
        {
            output.WriteLine(fleet.Output);
        }
    }
}
