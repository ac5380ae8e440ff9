using FoodDelivery.Tests.Support.Orders;
using FoodDelivery.Tests.Support.Payments;
using FoodDelivery.Tests.Support.Processes;
using Xunit.Abstractions;

namespace FoodDelivery.Tests.EndToEnd;

/// <summary>The product without its Payment context: a service of somebody else's takes the money, and one adapter of Ordering knows.</summary>
public sealed class OutsidePaymentTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Orders_are_delivered_cancelled_and_refunded_without_the_payment_context()
    {
        await using var pay = await OutsidePay.Start();
        await using var fleet = await Fleet.Without(
            ["Pay"], "--Order:Payments:Provider=Http", $"--Pay:Addresses={pay.Address}",
            "--Order:Payments:TryTimeoutMilliseconds=10000", "--Order:Payments:TotalTimeoutMilliseconds=15000");
        try
        {
            var delivered = await PlacedOrder.Of(fleet, new { item = "chicken" });
            var rejected = await PlacedOrder.Of(fleet, new { item = "pizza" });
            var cancelled = await PlacedOrder.Of(fleet, new { item = "cake" });

            await delivered.Moves("receive", "cook", "cooked", "ship", "deliver");
            await rejected.Moves("reject");
            (await cancelled.AskToCancel()).ExpectSuccess();

            await delivered.Shows("delivered");
            await rejected.Shows("refunded");
            await cancelled.Shows("refunded");
            Assert.Equal(["pay_success", "cancel_requested", "order_cancel", "refunded"], await cancelled.History());
            Assert.Equal(["approved", "refunded", "refunded"], new[] { delivered, rejected, cancelled }.Select(order => pay[order.Id].Status));
            Assert.True(pay[delivered.Id].Held > 0);
            Assert.False(File.Exists(Path.Combine(fleet.Data, "payment.db")), "The Payment context was there.");
        }
        finally
        {
            output.WriteLine(fleet.Output);
        }
    }
}
