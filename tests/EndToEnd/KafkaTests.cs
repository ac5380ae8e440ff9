using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Kafka;
using FoodDelivery.Tests.Support.Orders;
using FoodDelivery.Tests.Support.Processes;
using FoodDelivery.Tests.Support.Programs;
using Xunit.Abstractions;

namespace FoodDelivery.Tests.EndToEnd;

/// <summary>The product with Kafka in the place of the embedded log.</summary>
public sealed class KafkaTests(ITestOutputHelper output)
{
    [NeedsPrograms(MockCluster.Library)]
    public async Task An_order_is_delivered_by_way_of_Kafka()
    {
        using var kafka = new MockCluster();
        await using var fleet = await Fleet.Local(
            "--Log:Provider=Kafka", $"--Kafka:BootstrapServers={kafka.BootstrapServers}", "--Kafka:CreateTopics=false",
            "--Order:Payments:TryTimeoutMilliseconds=10000", "--Order:Payments:TotalTimeoutMilliseconds=15000");
        try
        {
            var order = await PlacedOrder.Of(fleet, new { item = "chicken", address = "서울시 마포구 1" });

            await order.Moves("receive", "cook", "cooked", "ship", "deliver");

            await order.Shows("delivered");
            Assert.Equal(["pay_success", "order_received", "cooking", "cooked", "delivering", "delivered"], await order.History());
            Assert.False(File.Exists(Path.Combine(fleet.Data, "log.db")), "The embedded log was used.");
        }
        finally
        {
            output.WriteLine(fleet.Output);
        }
    }

    [NeedsPrograms(MockCluster.Library)]
    public async Task Sealed_addresses_reach_the_store_and_a_forgotten_one_comes_back_in_no_rebuild()
    {
        using var kafka = new MockCluster();
        await using var fleet = await Fleet.Local(
            "--Log:Provider=Kafka", $"--Kafka:BootstrapServers={kafka.BootstrapServers}", "--Kafka:CreateTopics=false", "--Kafka:SealTexts=true",
            "--Order:Payments:TryTimeoutMilliseconds=10000", "--Order:Payments:TotalTimeoutMilliseconds=15000");
        try
        {
            var order = await PlacedOrder.Of(fleet, new { item = "chicken", address = "유별난주소 1-2", customerId = "seal-kim" });
            Assert.Equal("유별난주소 1-2", (await order.Ticket()).Word("address"));
            (await fleet.Rest("Store").Patch($"/deliveries/{order.Id}", new { status = "reject", reason = "유별난사유" })).Expect(200);
            await order.Shows("refunded");
            await Eventually.Holds(async () => (await fleet.Rest("Order").Delete("/customers/seal-kim")).Expect(204));
            await Eventually.Holds(async () => Assert.Equal("erased", (await order.Ticket()).Word("address")));

            (await fleet.Rest("Customer").Post("/operations/order-statuses/rebuild", new { })).Expect(202);
            await Eventually.Gives(async () => (await fleet.Rest("Customer").Get("/operations/order-statuses/rebuild")).Expect(404));

            var view = await order.Shows("refunded");
            Assert.DoesNotContain("유별난", view.Text, StringComparison.Ordinal);
            Assert.Contains("erased", view.Text, StringComparison.Ordinal);
        }
        finally
        {
            output.WriteLine(fleet.Output);
        }
    }
}
