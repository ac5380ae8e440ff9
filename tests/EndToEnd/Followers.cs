using FoodDelivery.Protos.Customer.V1;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Orders;
using FoodDelivery.Tests.Support.Real;
using FoodDelivery.Tests.Support.Rest;
using Grpc.Net.Client;

namespace FoodDelivery.Tests.EndToEnd;

/// <summary>Flows 5, 6 and 7 over gRPC and REST: what follows an order by its events says the same in both.</summary>
internal static class Followers
{
    private const string Customer = "follower-kim";

    public static async Task Follow(RealPlatform platform)
    {
        using var customers = Channel(platform, "customer-1");
        var members = new MemberService.MemberServiceClient(customers);
        var member = (await members.SignUpAsync(new SignUpRequest { Name = "김철수😀", Phone = "010-1234-5678", CustomerId = Customer })).Member.MembershipNumber;

        var order = await PlacedOrder.Of(platform, new { item = "chicken", qty = 2, customerId = Customer, membershipNumber = member });
        var total = (await order.Order()).Number("total");
        await order.Moves("receive");
        await Points(total / 100);
        await Told("pay_success", "order_get", "order_received");
        await Task.WhenAll(IContextPart.All.Select(part => part.Follows(platform, order, Customer)));

        (await platform.Rest("Pay").Post("/payments", new { orderId = order.Id, action = "cancel" })).ExpectSuccess();
        await order.Shows("refunded");
        await Points(0);
        return;

        Task Points(long expected) => Eventually.Holds(async () =>
        {
            Assert.Equal(expected, (await platform.Rest("Customer").Get($"/members/{member}/points")).Expect(200).Number("points"));
            Assert.Equal(expected, (await members.GetPointsAsync(new GetPointsRequest { MembershipNumber = member })).Points);
        });

        Task Told(params string[] statuses) => Eventually.Holds(async () =>
        {
            var told = await new NotificationService.NotificationServiceClient(customers).ListNotificationsAsync(
                new ListNotificationsRequest { OrderId = order.Id, PageSize = 100 });
            Assert.Equal(statuses.Order(StringComparer.Ordinal), told.Notifications.Select(static one => one.Status).Order(StringComparer.Ordinal));
            Assert.Equal(told.Notifications.Select(static one => one.Text), (await order.Notifications()).Select(static one => one.Word("text")));
        });
    }

    private static GrpcChannel Channel(RealPlatform platform, string name) => GrpcChannel.ForAddress(platform.Addresses(name)[1]);
}
