using FoodDelivery.Kernel;
using FoodDelivery.Ordering;

namespace FoodDelivery.Tests.Domain.Ordering;

/// <summary>Why a cancellation was declined travels as a word for programs beside the sentence.</summary>
public sealed class ReasonCodeTests
{
    [Theory]
    [InlineData("")]
    [InlineData("spilt")]
    public void A_refund_does_not_take_over_why_a_cancellation_was_declined(string reason)
    {
        var details = new OrderDetails(new StoreId(3), "", [], "", "");
        var order = Order.Load(new(new OrderId(1), details, 7, default, Progress.Received, Cancellation.Requested, Reason: "", StatusVersion: 2, Version: 2));
        order.DeclineCancellation("The order is already accepted.", default, "ALREADY_ACCEPTED");

        order.Refund(reason, default);

        Assert.Equal((OrderStatus.Refunded, reason), (order.Status, order.Reason));
        Assert.Equal(reason, Assert.Single(order.Raised.OfType<OrderCancelled>()).Reason);
    }

    [Theory]
    [InlineData("ALREADY_ACCEPTED")]
    [InlineData("")]
    public void A_declined_cancellation_tells_its_code_twice(string code)
    {
        var details = new OrderDetails(new StoreId(3), "", [], "", "");
        var order = Order.Load(new(new OrderId(1), details, 7, default, Progress.Received, Cancellation.Requested, Reason: "", StatusVersion: 2, Version: 2));

        order.DeclineCancellation("Too late.", default, code);

        Assert.Equal(
            [(OrderStatus.CancelDeclined, code), (OrderStatus.Received, code)],
            order.Raised.OfType<OrderStatusChanged>().Select(static changed => (changed.Status, changed.ReasonCode)));
    }
}
