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
}
