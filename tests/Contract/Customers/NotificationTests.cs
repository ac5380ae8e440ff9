using System.Text.Json;
using FoodDelivery.Protos.Customer.V1;
using FoodDelivery.Protos.Ordering.V1;
using FoodDelivery.Tests.Support;
using Grpc.Core;
using static FoodDelivery.Tests.Contract.Customers.CustomerTestService;

namespace FoodDelivery.Tests.Contract.Customers;

public sealed class NotificationTests
{
    [Fact]
    public async Task Each_change_is_told_once_in_order_however_often_it_is_delivered()
    {
        await using var service = await Start();
        var history = new[] { Changed(1, 1, OrderStatus.PaySuccess), Changed(1, 2, OrderStatus.OrderReceived), Changed(1, 3, OrderStatus.Cooking) };

        await service.Publish(history);
        await service.Publish(history);
        await service.Publish(history, idSuffix: "-again");
        await service.Publish(Changed(2, 1, OrderStatus.PaySuccess), Changed(2, 2, OrderStatus.OrderRejected, "재료 소진"));

        await Told(service, 2, 3);
        var told = await Told(service, 1, 4);
        Assert.Equal(
            ["pay_success:김철수", "order_get:store-2", "order_received:김철수", "cooking:김철수"],
            told.Select(static one => $"{one.GetProperty("status").GetString()}:{one.GetProperty("recipient").GetString()}"));
        Assert.All(told, static one => Assert.Equal("console", one.GetProperty("channel").GetString()));
        Assert.All(told, static one => Assert.NotEqual(default, one.GetProperty("sentAt").GetDateTimeOffset()));
        Assert.Contains("재료 소진", (await Told(service, 2, 3))[2].GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_restarted_service_tells_nothing_again()
    {
        using var data = new DataFolder();
        await using (var service = await Start("--data", data.Path))
        {
            await service.Publish(Changed(1, 1, OrderStatus.PaySuccess));
            await Told(service, 1, 2);
        }

        await using var restarted = await Start("--data", data.Path);
        await restarted.Publish([Changed(1, 1, OrderStatus.PaySuccess)], idSuffix: "-again");
        await restarted.Publish(Changed(1, 2, OrderStatus.OrderReceived));

        var told = await Told(restarted, 1, 3);
        Assert.Equal("order_received", told[2].GetProperty("status").GetString());
    }

    [Fact]
    public async Task They_are_listed_over_gRPC_page_by_page()
    {
        await using var service = await Start();
        await service.Publish(Enumerable.Range(1, 5).Select(static order => Changed(order, 2, OrderStatus.Cooking)));
        await Eventually.Holds(async () => Assert.Equal(5, (await service.Notifications.ListNotificationsAsync(new ListNotificationsRequest())).Notifications.Count));

        var orders = new List<long>();
        var token = "";
        do
        {
            var page = await service.Notifications.ListNotificationsAsync(new ListNotificationsRequest { PageSize = 2, PageToken = token });
            Assert.InRange(page.Notifications.Count, 1, 2);
            orders.AddRange(page.Notifications.Select(static one => one.OrderId));
            token = page.NextPageToken;
        }
        while (token.Length > 0);

        Assert.Equal([1L, 2, 3, 4, 5], orders.Order());
        Assert.Equal(3, (await service.Notifications.ListNotificationsAsync(new ListNotificationsRequest { OrderId = 3 })).Notifications.Single().OrderId);
    }

    [Theory]
    [InlineData(-1, "")]
    [InlineData(1001, "")]
    [InlineData(10, "not a token")]
    [InlineData(10, "AAAA")]
    public async Task A_senseless_page_is_refused(int size, string token)
    {
        await using var service = await Start();

        var refusal = await Assert.ThrowsAsync<RpcException>(async () => await service.Notifications.ListNotificationsAsync(
            new ListNotificationsRequest { PageSize = size, PageToken = token }));

        Assert.Equal(StatusCode.InvalidArgument, refusal.StatusCode);
    }

    private static Task<List<JsonElement>> Told(CustomerTestService service, long order, int times) => Eventually.Gives(async () =>
    {
        var feed = await service.Get($"/notifications?orderId={order}");
        Assert.Equal(times, feed.GetProperty("page").GetProperty("totalElements").GetInt32());
        return feed.GetProperty("_embedded").GetProperty("notifications").EnumerateArray().ToList();
    });
}
