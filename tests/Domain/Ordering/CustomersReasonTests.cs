using FoodDelivery.Kernel;
using FoodDelivery.Ordering;

namespace FoodDelivery.Tests.Domain.Ordering;

/// <summary>Every change says whether its reason may be the customer's own words.</summary>
public sealed class CustomersReasonTests
{
    private const string Link = "win at https://evil.example";

    [Theory]
    [InlineData("")]
    [InlineData(Link)]
    public void A_cancellation_that_the_customer_asked_for_says_so_to_its_end(string repeated)
    {
        var order = Placed();

        order.RequestCancellation(Link, default);
        order.Cancel(repeated, default);
        order.Refund(repeated, default);

        Assert.Equal(
            [(OrderStatus.CancelRequested, Link, true), (OrderStatus.Cancelled, Link, true), (OrderStatus.Refunded, Link, true)],
            Changes(order));
    }

    [Fact]
    public void Who_cancels_without_a_word_has_said_nothing()
    {
        var order = Placed();

        order.RequestCancellation("", default);
        order.Cancel("", default);

        Assert.Equal([(OrderStatus.CancelRequested, "", false), (OrderStatus.Cancelled, "", false)], Changes(order));
    }

    [Fact]
    public void What_the_store_says_is_not_the_customers()
    {
        var (rejected, declined) = (Placed(), Placed());

        rejected.Reject("sold out", default);
        rejected.Refund("sold out", default);
        declined.RequestCancellation(Link, default);
        declined.DeclineCancellation("too late", default);

        Assert.Equal([(OrderStatus.Rejected, "sold out", false), (OrderStatus.Refunded, "sold out", false)], Changes(rejected));
        Assert.Equal([(OrderStatus.CancelDeclined, "too late", false), (OrderStatus.PaySuccess, "too late", false)], Changes(declined).Skip(1));
    }

    [Fact]
    public void An_operators_reason_to_refund_is_not_the_customers()
    {
        var (calm, asked) = (Placed(), Placed());
        asked.RequestCancellation(Link, default);

        calm.Refund("spilt", default);
        asked.Refund("", default);

        Assert.Equal([(OrderStatus.Cancelled, "spilt", false), (OrderStatus.Refunded, "spilt", false)], Changes(calm));
        Assert.Equal([(OrderStatus.Cancelled, Link, true), (OrderStatus.Refunded, Link, true)], Changes(asked).Skip(1));
    }

    private static Order Placed() => Order.Load(new(
        new OrderId(1), new OrderDetails(new StoreId(3), "", [], "", ""), 7, default, Progress.Paid, Cancellation.None, Reason: "", StatusVersion: 1, Version: 1));

    private static IEnumerable<(OrderStatus Status, string Reason, bool IsCustomers)> Changes(Order order) =>
        order.Raised.OfType<OrderStatusChanged>().Select(static changed => (changed.Status, changed.Reason, changed.IsCustomersReason));
}
