using FoodDelivery.Customers;
using FsCheck;
using FsCheck.Fluent;
using static FoodDelivery.Tests.Domain.Customers.Given;

namespace FoodDelivery.Tests.Domain.Customers;

public sealed class OrderStatusViewTests
{
    [Fact]
    public void Changes_in_any_order_and_number_make_the_same_view()
    {
        var history = History(Delivery);
        var deliveries = Gen.Shuffle(Enumerable.Repeat(history, 3).SelectMany(static one => one).ToArray());

        Prop.ForAll(deliveries.ToArbitrary(), changes =>
        {
            var view = changes.Skip(1).Aggregate(OrderStatusView.Of(changes[0]), static (known, change) => known.After(change));
            return view.Status == OrderStatus.Delivered
                && view.History.Select(static change => change.Version).SequenceEqual([1, 2, 3, 4, 5])
                && view.History.SequenceEqual(history.Select(static changed => changed.Change));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void An_older_change_does_not_move_the_order_back()
    {
        var view = OrderStatusView.Of(Changed(2, OrderStatus.OrderReceived)).After(Changed(1, OrderStatus.PaySuccess, customer: "lee"));

        Assert.Equal(OrderStatus.OrderReceived, view.Status);
        Assert.Equal("kim", view.CustomerId);
        Assert.Equal(2, view.History.Count);
    }

    [Fact]
    public void A_newer_change_brings_all_that_the_view_shows()
    {
        var view = OrderStatusView.Of(Changed(1, OrderStatus.PaySuccess) with { PaymentId = 0 })
            .After(Changed(2, OrderStatus.OrderRejected, "closing time"));

        Assert.Equal((OrderStatus.OrderRejected, 2, "closing time", 3), (view.Status, view.Version, view.Reason, view.PaymentId));
    }

    [Fact]
    public void A_known_change_leaves_the_very_same_view()
    {
        var view = OrderStatusView.Of(Changed(1, OrderStatus.PaySuccess));

        Assert.Same(view, view.After(Changed(1, OrderStatus.PaySuccess)));
    }

    [Fact]
    public void Every_status_has_its_own_word_and_labels()
    {
        var all = Enum.GetValues<OrderStatus>();

        Assert.Equal(13, all.Length);
        Assert.All(all, static status => Assert.Equal(status, StatusWords.Parse(status.Word())));
        Assert.Equal(13, all.Select(static status => status.Label().Ko).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(13, all.Select(static status => status.Label().En).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(new StatusLabel("배송됨", "shipped"), OrderStatus.Delivering.Label());
    }

    [Theory]
    [InlineData("delivered")]
    [InlineData("picked_up")]
    [InlineData("refunded")]
    [InlineData("pay_fail")]
    public void An_order_ends(string word) => Assert.True(StatusWords.Parse(word).IsFinal());

    [Fact]
    public void A_rejected_or_cancelled_order_is_not_at_its_end_before_the_refund()
    {
        Assert.False(OrderStatus.OrderRejected.IsFinal());
        Assert.False(OrderStatus.OrderCancel.IsFinal());
        Assert.Equal(4, Enum.GetValues<OrderStatus>().Count(StatusWords.IsFinal));
    }

    [Fact]
    public void An_unknown_word_is_refused() => Assert.Throws<ArgumentException>(static () => StatusWords.Parse("lost"));
}
