using System.Globalization;
using Dapper;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Orders;
using FoodDelivery.Tests.Support.Postgres;
using FoodDelivery.Tests.Support.Processes;
using FoodDelivery.Tests.Support.Rest;
using Npgsql;
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

    [PostgresFact]
    public async Task A_database_that_only_reads_is_a_503_and_not_ready_until_it_writes_again()
    {
        var cluster = await PostgresCluster.Running();
        await using var fleet = await Fleet.Local("--Storage:Provider=Postgres", $"--Storage:ConnectionString={cluster.ConnectionString("standby_{name}")}");
        try
        {
            var before = await PlacedOrder.Of(fleet, new { item = "chicken" });

            // As after a failover, when the connections lead to a server that has not been promoted.
            await Ask(cluster, "alter database standby_ordering set default_transaction_read_only = on");
            await Ask(cluster, "select pg_terminate_backend(pid) from pg_stat_activity where datname = 'standby_ordering'");
            var refused = (await fleet.Rest("Order").Post("/orders", new { item = "chicken" }, key: "once")).Expect(503);
            Assert.True(int.Parse(refused.Header("Retry-After") ?? "0", CultureInfo.InvariantCulture) > 0, refused.ToString());
            Assert.Equal("not ready", (await Eventually.Gives(async () => (await fleet.Rest("Order").Get("/healthz/ready")).Expect(503))).Word("checks", "database"));
            (await fleet.Rest("Order").Get($"/orders/{before.Id}")).Expect(200);

            await Ask(cluster, "alter database standby_ordering reset default_transaction_read_only");
            await Ask(cluster, "select pg_terminate_backend(pid) from pg_stat_activity where datname = 'standby_ordering'");
            await Eventually.Holds(async () => (await fleet.Rest("Order").Get("/healthz/ready")).Expect(200), TimeSpan.FromSeconds(5));
            var after = await PlacedOrder.Of(fleet, new { item = "chicken" }, key: "once");
            Assert.Equal([before.Id, after.Id], (await fleet.Rest("Order").All("/orders", "orders")).Select(static order => order.Number("orderId")).Order());
        }
        finally
        {
            output.WriteLine(fleet.Output);
        }
    }

    private static async Task Ask(PostgresCluster cluster, string sql)
    {
        await using var connection = new NpgsqlConnection(cluster.ConnectionString("postgres"));
        await connection.ExecuteAsync(sql);
    }
}
