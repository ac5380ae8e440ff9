using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using FoodDelivery.Platform.Hosting;
using FoodDelivery.Services.Order;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Orders;
using FoodDelivery.Tests.Support.Processes;
using Microsoft.AspNetCore.Builder;
using Xunit.Abstractions;

namespace FoodDelivery.Tests.EndToEnd.Sockets;

/// <summary>The Order service with one more way in, beside the other services as they are.</summary>
public sealed class SocketTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_service_that_allows_no_other_protocol_hears_no_wish_for_one()
    {
        using var data = new DataFolder();
        await using var order = OrderService.Build(
            ["--Order:RestPort=0", "--Order:GrpcPort=0", "--environment=Development", "--data", data.Path, "--Shutdown:OnSignal=false"]).MapOrderSocket();
        await ServiceRunner.Start(order);
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        using var late = new CancellationTokenSource(Patience);
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(Address(order), late.Token));
        Assert.Equal(HttpStatusCode.UpgradeRequired, socket.HttpStatusCode);
    }

    [Fact]
    public async Task One_socket_more_than_are_allowed_is_told_to_come_again()
    {
        using var data = new DataFolder();
        await using var order = OrderService.Build(
            ["--Order:RestPort=0", "--Order:GrpcPort=0", "--environment=Development", "--data", data.Path, "--Shutdown:OnSignal=false", "--Limits:UpgradedConnections=1"]).MapOrderSocket();
        await ServiceRunner.Start(order);
        using var late = new CancellationTokenSource(Patience);
        using var first = new ClientWebSocket();
        await first.ConnectAsync(Address(order), late.Token);

        using var second = new ClientWebSocket();
        second.Options.CollectHttpResponseDetails = true;
        await Assert.ThrowsAsync<WebSocketException>(() => second.ConnectAsync(Address(order), late.Token));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, second.HttpStatusCode);
        Assert.Equal("1", Assert.Single(second.HttpResponseHeaders!["Retry-After"]));

        first.Abort();
        await Eventually.Holds(async () =>
        {
            using var third = new ClientWebSocket();
            await third.ConnectAsync(Address(order), late.Token);
        });
    }

    [Fact]
    public async Task An_order_is_placed_and_cancelled_over_a_socket_and_each_change_of_status_is_pushed_once()
    {
        await using var fleet = await Fleet.Without(
            ["Order", "Customer"], "--Order:Payments:TryTimeoutMilliseconds=10000", "--Order:Payments:TotalTimeoutMilliseconds=15000");
        await using var order = OrderService.Build([.. fleet.Arguments("Order"), "--Shutdown:OnSignal=false", "--Limits:UpgradedConnections=10"]).MapOrderSocket();
        await ServiceRunner.Start(order);
        try
        {
            await Eventually.Holds(async () => Assert.Empty(await ServiceRunner.Lacks(order)));
            using var socket = new ClientWebSocket();
            using var late = new CancellationTokenSource(Patience);
            await socket.ConnectAsync(new Uri($"ws://localhost:{fleet.Addresses["Order"].RestPort}{OrderSocket.Path}"), late.Token);

            await Say(socket, new { place = "dragon" }, late.Token);
            Assert.Equal("ITEM_UNKNOWN", (await Hear<Refused>(socket, late.Token)).Refusal);

            await Say(socket, new { place = "chicken", address = "서울 🍗", key = "k-1" }, late.Token);
            Assert.Equal(1, (await Hear<Accepted>(socket, late.Token)).OrderId);
            Assert.Equal(new Told(1, 1, "PaySuccess", ""), await Hear<Told>(socket, late.Token));
            await Say(socket, new { place = "chicken", address = "서울 🍗", key = "k-1" }, late.Token);
            Assert.Equal(1, (await Hear<Accepted>(socket, late.Token)).OrderId);
            var first = new PlacedOrder(fleet, 1);
            Assert.Equal("서울 🍗", (await first.Order()).Word("address"));
            await first.Moves("receive", "cook", "cooked", "ship", "deliver");
            foreach (var (status, version) in new[] { ("OrderReceived", 2), ("Cooking", 3), ("Cooked", 4), ("Delivering", 5), ("Delivered", 6) })
                Assert.Equal(new Told(1, version, status, ""), await Hear<Told>(socket, late.Token));

            await Say(socket, new { place = "cake" }, late.Token);
            Assert.Equal(2, (await Hear<Accepted>(socket, late.Token)).OrderId);
            Assert.Equal(new Told(2, 1, "PaySuccess", ""), await Hear<Told>(socket, late.Token));
            await Say(socket, new { cancel = 2, reason = "배가 안 고파요" }, late.Token);
            Assert.Equal(2, (await Hear<Accepted>(socket, late.Token)).OrderId);
            foreach (var (status, version) in new[] { ("CancelRequested", 2), ("OrderCancel", 3), ("Refunded", 4) })
                Assert.Equal(new Told(2, version, status, "배가 안 고파요"), await Hear<Told>(socket, late.Token));
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, late.Token);
        }
        finally
        {
            output.WriteLine(fleet.Output);
            await order.StopAsync();
        }
    }

    private static Uri Address(WebApplication order) => new($"ws://{new Uri(order.Urls.First()).Authority}{OrderSocket.Path}");

    private static Task Say(ClientWebSocket socket, object command, CancellationToken cancellation) =>
        socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(command), WebSocketMessageType.Text, endOfMessage: true, cancellation);

    private static async Task<T> Hear<T>(ClientWebSocket socket, CancellationToken cancellation)
    {
        var buffer = new byte[4096];
        var message = await socket.ReceiveAsync(buffer, cancellation);
        return JsonSerializer.Deserialize<T>(buffer.AsSpan(0, message.Count), JsonSerializerOptions.Web)!;
    }
}
