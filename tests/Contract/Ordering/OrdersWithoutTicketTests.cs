using System.Globalization;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Protos.Ordering.V1;
using FoodDelivery.Protos.Store.V1;
using FoodDelivery.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Tests.Contract.Ordering;

/// <summary>Paid orders whose ticket never comes: operators see them, their stores are told again, and in the end they are given back.</summary>
public sealed class OrdersWithoutTicketTests : IDisposable
{
    private readonly DataFolder _data = new();

    [Fact]
    public async Task Its_store_is_told_again_until_it_answers()
    {
        await using var pay = await new ScriptedPay().Start();
        await using var ordering = await Ordering(pay, "--Order:Tickets:GiveBackAfter=0:00:00");
        await using var log = new LogReader(ordering.App.Services.GetRequiredService<IEventLog>(), Topics.Ordering);
        (await ordering.Rest.Post("/orders", new { item = "chicken" })).Expect(201);

        await Eventually.Holds(() =>
        {
            Assert.Equal(3, log.Read<OrderPlaced>().Count);
            return Task.CompletedTask;
        });
        await SeesWaiting(ordering, 1);
        await ordering.Ticket(1, TicketStatus.OrderGet);
        await SeesWaiting(ordering, 0);

        Assert.Single(log.Read<OrderPlaced>().Distinct());
        Assert.Equal("pay_success", (await ordering.Rest.Get("/orders/1")).Expect(200).Word("status"));
    }

    [Fact]
    public async Task It_is_given_back_after_long()
    {
        await using var pay = await new ScriptedPay().Start();
        await using var ordering = await Ordering(pay, "--Order:Tickets:GiveBackAfter=0:00:03");
        await using var log = new LogReader(ordering.App.Services.GetRequiredService<IEventLog>(), Topics.Ordering);
        (await ordering.Rest.Post("/orders", new { item = "chicken" })).Expect(201);

        await ordering.SeesStatus(1, "order_cancel");

        await Eventually.Holds(() =>
        {
            Assert.Equal(1, Assert.Single(log.Read<OrderCancelled>()).OrderId);
            Assert.Equal("STORE_NOT_REACHED", log.Read<OrderStatusChanged>()[^1].ReasonCode);
            return Task.CompletedTask;
        });
        await SeesWaiting(ordering, 0);
    }

    [Theory]
    [InlineData("--Order:Tickets:Patience=0:00:00", "Order:Tickets:Patience")]
    [InlineData("--Order:Tickets:Interval=2:00:00", "Order:Tickets:Interval")]
    [InlineData("--Order:Tickets:Reminders=11", "Order:Tickets:Reminders")]
    [InlineData("--Order:Tickets:GiveBackAfter=0:03:00", "Order:Tickets:GiveBackAfter")]
    [InlineData("--Order:Tickets:GiveBackAfter=-0:00:01", "Order:Tickets:GiveBackAfter")]
    public async Task A_setting_that_cannot_be_used_is_named(string setting, string name)
    {
        var error = await Assert.ThrowsAnyAsync<Exception>(() => OrderingHost.Start(_data, "http://localhost:1", setting));

        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _data.Dispose();

    private static Task SeesWaiting(OrderingHost ordering, int orders) => Eventually.Holds(async () => Assert.Matches(
        string.Create(CultureInfo.InvariantCulture, $@"(?m)^fooddelivery_orders_without_ticket\S* {orders}$"), (await ordering.Rest.Get("/metrics")).Expect(200).Text));

    private async Task<OrderingHost> Ordering(ScriptedPay pay, params string[] settings) => await (await OrderingHost.Start(
        _data,
        pay.Address,
        [.. OrderingHost.Unhurried, "--Order:Tickets:Patience=0:00:01", "--Order:Tickets:Interval=0:00:00.1", "--Order:Tickets:Reminders=2", .. settings])).WithMenus();
}
