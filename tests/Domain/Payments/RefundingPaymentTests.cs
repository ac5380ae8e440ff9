using FoodDelivery.Payments;

namespace FoodDelivery.Tests.Domain.Payments;

public sealed class RefundingPaymentTests
{
    private readonly Till _till = new();

    [Fact]
    public async Task An_operator_gives_the_money_back_and_says_why()
    {
        await _till.Approve();

        var payment = (await _till.Refund("spilt")).Value;

        Assert.Equal((PaymentStatus.Refunded, "spilt"), (payment.Status, payment.State.Reason));
        Assert.Equal("spilt", _till.Payments.Published.OfType<PaymentRefunded>().Single().Reason);
        _till.BooksAgree();
    }

    [Fact]
    public async Task Refunding_twice_answers_the_same_and_refunds_once()
    {
        await _till.Approve();
        var first = (await _till.Refund()).Value;

        Assert.Equal(first.State, (await _till.Refund("again")).Value.State);
        _till.BooksAgree();
    }

    [Fact]
    public async Task A_refund_that_stays_unclear_is_under_way_and_finished_by_itself()
    {
        await _till.Approve();
        _till.Bank.Down = true;

        Assert.Equal(PaymentStatus.Refunding, (await _till.Refund()).Value.Status);
        Assert.Equal(0, _till.Published<PaymentRefunded>());

        _till.Bank.Down = false;
        _till.Clock.Pass(TimeSpan.FromSeconds(1));
        await _till.Settle();
        Assert.Equal(PaymentStatus.Refunded, _till.Row!.Status);
        _till.BooksAgree();
    }

    [Fact]
    public async Task While_the_provider_stays_down_the_waits_between_two_tries_double_up_to_five_minutes()
    {
        await _till.Approve();
        _till.Bank.Down = true;
        await _till.Refund();

        List<double> waits = [];
        for (var i = 0; i < 12; i++)
        {
            var wait = _till.Row!.State.DueAt!.Value - _till.Clock.GetUtcNow();
            waits.Add(wait.TotalSeconds);
            _till.Clock.Pass(wait);
            await _till.Settle();
        }

        Assert.Equal([1, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300], waits);
    }

    [Fact]
    public async Task A_provider_that_knows_nothing_of_money_it_took_is_asked_until_it_does()
    {
        await _till.Approve();
        var books = _till.Bank.Books(Till.Order);
        _till.Bank.Forget(Till.Order);

        Assert.Equal(PaymentStatus.Refunding, (await _till.Refund()).Value.Status);
        Assert.Equal(0, _till.Published<PaymentRefunded>());

        _till.Bank.Remember(Till.Order, books);
        _till.Clock.Pass(TimeSpan.FromSeconds(1));
        await _till.Settle();
        Assert.Equal(PaymentStatus.Refunded, _till.Row!.Status);
        _till.BooksAgree();
    }

    [Fact]
    public async Task There_is_nothing_to_refund_without_money_taken()
    {
        Assert.Equal("PAYMENT_NOT_FOUND", (await _till.Refund()).Error!.Reason);

        _till.Bank.Declines = true;
        await _till.Approve();
        Assert.Equal("PAYMENT_DECLINED", (await _till.Refund()).Error!.Reason);
    }

    [Fact]
    public async Task An_order_that_was_given_up_has_nothing_to_refund()
    {
        await _till.Abandon();

        Assert.Equal("PAYMENT_VOIDED", (await _till.Refund()).Error!.Reason);
    }

    [Fact]
    public async Task A_reason_that_breaks_a_screen_is_refused_by_name() => Assert.Equal("reason", (await _till.Refund("\u001b[31m")).Error!.Field);

    [Fact]
    public async Task A_reason_has_an_end() => Assert.Equal("reason", (await _till.Refund(new string('가', 501))).Error!.Field);
}
