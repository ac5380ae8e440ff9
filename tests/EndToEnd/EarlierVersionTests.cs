using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Earlier;
using FoodDelivery.Tests.Support.Kafka;
using FoodDelivery.Tests.Support.Orders;
using FoodDelivery.Tests.Support.Postgres;
using FoodDelivery.Tests.Support.Processes;
using FoodDelivery.Tests.Support.Programs;
using FoodDelivery.Tests.Support.Redis;

namespace FoodDelivery.Tests.EndToEnd;

/// <summary>Data of an earlier version is read, and goes on, on every kind of store.</summary>
public sealed class EarlierVersionTests
{
    private static readonly string[] Patient = ["--Order:Payments:TryTimeoutMilliseconds=10000", "--Order:Payments:TotalTimeoutMilliseconds=15000"];

    [Fact]
    public async Task Its_data_folder_is_read_and_goes_on()
    {
        await using var fleet = await Fleet.LocalOn(EarlierVersion.Unpack, Patient);

        await EarlierVersion.AnswersAsBefore(fleet, EarlierVersion.AnswersOnFiles());
        await GoesOn(fleet);
    }

    [NeedsPrograms(MockCluster.Library, RedisServer.Program, "/bin/sh")]
    public async Task Its_databases_its_view_and_its_log_are_read_and_go_on()
    {
        var cluster = await PostgresCluster.Running();
        using var brokers = new MockCluster();
        await using var redis = await RedisServer.Start(EarlierVersion.RedisFile);
        await EarlierVersion.Restore(cluster, "earlier_");
        await EarlierVersion.Append(brokers);

        await using var fleet = await Fleet.Local(
            [
                .. Patient,
                "--Storage:Provider=Postgres", $"--Storage:ConnectionString={cluster.ConnectionString("earlier_{name}")}",
                "--View:Provider=Redis", $"--Redis:Configuration={redis.Configuration}",
                "--Log:Provider=Kafka", $"--Kafka:BootstrapServers={brokers.BootstrapServers}", "--Kafka:CreateTopics=false",
            ]);

        await EarlierVersion.AnswersAsBefore(fleet, EarlierVersion.AnswersOnServers());
        await GoesOn(fleet);
    }

    // The groups' offsets are not among what was kept, so that every event comes once more and has no effect; then the view is made of them alone.
    [NeedsPrograms(MockCluster.Library, "/bin/sh")]
    public async Task Its_log_alone_makes_the_same_view()
    {
        using var brokers = new MockCluster();
        await EarlierVersion.Append(brokers);
        await using var fleet = await Fleet.Local(
            [.. Patient, "--Log:Provider=Kafka", $"--Kafka:BootstrapServers={brokers.BootstrapServers}", "--Kafka:CreateTopics=false"]);

        var before = EarlierVersion.AnswersOnServers().Where(static answer => answer.Key.StartsWith("Customer /orderStatuses/", StringComparison.Ordinal)).ToDictionary();

        Assert.Equal(5, before.Count);
        await Eventually.Holds(() => EarlierVersion.AnswersAsBefore(fleet, before));
    }

    // The unanswered order is accepted, and a new one has the next number.
    private static async Task GoesOn(Fleet fleet)
    {
        var unanswered = new PlacedOrder(fleet, 5);
        await unanswered.Moves("receive", "cook", "cooked", "ship", "deliver");
        await unanswered.Shows("delivered");

        var next = await PlacedOrder.Of(fleet, new { item = "chicken" });
        await next.Shows("pay_success");
        Assert.True(next.Id > 5);

        var member = (await fleet.Rest("Order").Get("/orders/1")).Word("membershipNumber");

        // Who was told by telephone before there were codes goes on being told.
        Assert.True((await fleet.Rest("Customer").Get($"/members/{member}")).At("phoneConfirmed").GetBoolean());
        var again = await fleet.Rest("Order").Post(
            "/orders", new { item = "chicken", qty = 2, address = "서울시 마포구 1 🏠", customerId = "hana", membershipNumber = member }, key: "first");
        Assert.Equal(1, again.ExpectSuccess().Number("orderId"));
    }
}
