using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Kafka;
using FoodDelivery.Tests.Support.Orders;
using FoodDelivery.Tests.Support.Processes;
using FoodDelivery.Tests.Support.Programs;
using Xunit.Abstractions;

namespace FoodDelivery.Tests.EndToEnd.ForeignClients;

/// <summary>A consumer in another language, of somebody who has nothing but the protos and the address of the brokers.</summary>
public sealed class FollowerTests(ITestOutputHelper output)
{
    [NeedsPrograms(MockCluster.Library, $"{Follower.Python}:confluent_kafka", $"{Follower.Python}:google.protobuf", "protoc")]
    public async Task Each_change_of_status_is_told_once_also_after_a_restart()
    {
        using var kafka = new MockCluster();
        using var memory = new DataFolder();
        using var descriptors = await DescriptorSet.Compile("io/cloudevents/v1/cloudevents.proto", "fooddelivery/ordering/v1/ordering_events.proto");
        await using var fleet = await Fleet.Local(
            "--Log:Provider=Kafka", $"--Kafka:BootstrapServers={kafka.BootstrapServers}", "--Kafka:CreateTopics=false",
            "--Order:Payments:TryTimeoutMilliseconds=10000", "--Order:Payments:TotalTimeoutMilliseconds=15000");
        try
        {
            Follower Follows() => new(kafka.BootstrapServers, descriptors, Path.Combine(memory.Path, "told.db"));
            var order = await PlacedOrder.Of(fleet, new { item = "chicken", address = "서울시 마포구 1" });
            using (var first = Follows())
            {
                await first.Tells("[카카오톡] 주문 1: 결제완료/paid");
                await order.Moves("receive", "cook");
                await first.Tells("[카카오톡] 주문 1: 결제완료/paid", "[카카오톡] 주문 1: 주문접수/accepted by the store", "[카카오톡] 주문 1: 조리중/cooking");
                await first.Stop();
            }

            await order.Moves("cooked", "ship");
            using var second = Follows();
            await second.Tells("[카카오톡] 주문 1: 조리완료/cooked", "[카카오톡] 주문 1: 배송됨/shipped");
            await order.Moves("deliver");
            await second.Tells("[카카오톡] 주문 1: 조리완료/cooked", "[카카오톡] 주문 1: 배송됨/shipped", "[카카오톡] 주문 1: 배달완료/delivered");
            await second.Stop();
        }
        finally
        {
            output.WriteLine(fleet.Output);
        }
    }
}
