using FoodDelivery.Kernel;
using FoodDelivery.Payments.Ports;
using FoodDelivery.Protos.Ordering.V1;
using FoodDelivery.Protos.Payment.V1;
using FoodDelivery.Tests.Support;
using Grpc.Core;

namespace FoodDelivery.Tests.Contract.Payments;

public sealed class PaymentEventTests : PayTests
{
    [Fact]
    public async Task What_becomes_of_a_payment_is_published_in_order()
    {
        var payment = await Pay.Approve(order: 7);
        await Pay.Approve(order: 8, won: 2_000_000);
        await Pay.Rest.Post("/payments", new { orderId = 7, action = "cancel", reason = "식었어요" });

        await Eventually.Holds(() =>
        {
            Assert.Equal(2, Pay.Published(7).Count);
            Assert.Single(Pay.Published(8));
            return Task.CompletedTask;
        });
        var approved = Pay.Published(7)[0].ProtoData.Unpack<PaymentApproved>();
        var refunded = Pay.Published(7)[1].ProtoData.Unpack<PaymentRefunded>();
        var declined = Pay.Published(8)[0].ProtoData.Unpack<PaymentDeclined>();
        Assert.Equal((payment.PaymentId, 7, 18_000), (approved.PaymentId, approved.OrderId, approved.AmountWon));
        Assert.Equal((payment.PaymentId, 18_000, "식었어요"), (refunded.PaymentId, refunded.AmountWon, refunded.Reason));
        Assert.Equal((8, 2_000_000), (declined.OrderId, declined.AmountWon));
        Assert.Equal("/fooddelivery/payment", Pay.Published(7)[0].Source);
    }

    [Fact]
    public async Task A_rejected_a_cancelled_and_an_abandoned_order_are_refunded_and_no_other()
    {
        for (var order = 1; order <= 4; order++)
            await Pay.Approve(order);

        await Pay.Happens(1, new OrderRejected { OrderId = 1, Reason = "재료 소진" });
        await Pay.Happens(2, new OrderCancelled { OrderId = 2 });
        await Pay.Happens(3, new OrderAttemptAbandoned { OrderId = 3 });
        await Pay.Happens(4, new OrderPlaced { OrderId = 4 });

        foreach (var order in (long[])[1, 2, 3])
        {
            await Eventually.Holds(async () => Assert.Equal("refunded", await Pay.Status(order)));
            Assert.Equal(ChargeState.Refunded, (await Pay.Provider.Find(new OrderId(order), default)).Value.State);
        }

        Assert.Equal("approved", await Pay.Status(4));
        await Eventually.Holds(async () => Assert.Equal("1", await Orphans()));
        Assert.Equal("재료 소진", (await Pay.Rest.Get("/payments?orderId=1")).Word("_embedded", "payments", "0", "reason"));
    }

    [Fact]
    public async Task An_abandoned_order_can_never_be_paid_and_what_was_charged_goes_back()
    {
        await Pay.Happens(7, new OrderAttemptAbandoned { OrderId = 7 });
        await Eventually.Holds(async () => Assert.Equal("voided", await Pay.Status(7)));

        var refusal = await Assert.ThrowsAsync<RpcException>(() => Pay.Approve(order: 7));

        Assert.Equal(StatusCode.FailedPrecondition, refusal.StatusCode);
        await Eventually.Holds(async () => Assert.Equal(ChargeState.Refunded, (await Pay.Provider.Find(new OrderId(7), default)).Value.State));
        Assert.Empty(Pay.Published(7));
    }

    [Fact]
    public async Task A_charge_that_was_never_recorded_goes_back_with_the_abandoned_order()
    {
        await Pay.Provider.Approve(new OrderId(7), new Money(18_000), "kim", "", default);

        await Pay.Happens(7, new OrderAttemptAbandoned { OrderId = 7 });

        await Eventually.Holds(async () => Assert.Equal(ChargeState.Refunded, (await Pay.Provider.Find(new OrderId(7), default)).Value.State));
        await Eventually.Holds(async () => Assert.Equal(18_000, (await Pay.Rest.Get("/payments?orderId=7")).Number("_embedded", "payments", "0", "price")));
        await Eventually.Holds(async () => Assert.Equal("1", await Orphans()));
    }

    [Fact]
    public async Task A_refund_that_the_provider_leaves_hanging_survives_a_restart()
    {
        await Pay.Approve(order: 7);
        await Pay.Turn(new { hang = true });
        await Pay.Happens(7, new OrderCancelled { OrderId = 7 });
        await Eventually.Holds(async () => Assert.Equal("refunding", await Pay.Status(7)));

        await Restart();

        // The simulator is as configured again; whoever had it in hand has half a minute.
        await Eventually.Holds(async () => Assert.Equal("refunded", await Pay.Status(7)), TimeSpan.FromSeconds(90));
    }

    // What was paid without an order's coming to be is counted when it is back, and nothing else is.
    private async Task<string> Orphans()
    {
        var line = (await Pay.Rest.Get("/metrics")).Expect(200).Text.Split('\n')
            .Single(static line => line.StartsWith("fooddelivery_payment_orphans_total", StringComparison.Ordinal));
        return line[(line.LastIndexOf(' ') + 1)..];
    }
}
