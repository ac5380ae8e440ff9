using FoodDelivery.Kernel;
using FoodDelivery.Payments;

namespace FoodDelivery.Tests.Domain.Payments;

public sealed class ApprovingPaymentTests
{
    private readonly Till _till = new();

    [Fact]
    public async Task An_approved_payment_is_stored_with_its_event()
    {
        var payment = (await _till.Approve()).Value;

        Assert.Equal(PaymentStatus.Approved, payment.Status);
        Assert.Equal(new PaymentApproved(payment.Id, Till.Order, new Money(Till.Price), _till.Clock.GetUtcNow()), Assert.Single(_till.Payments.Published));
        _till.BooksAgree();
    }

    [Fact]
    public async Task Its_times_are_as_precise_as_any_store_keeps_them()
    {
        _till.Clock.Pass(TimeSpan.FromTicks(12_345));

        var payment = (await _till.Approve()).Value;

        Assert.Equal(0, payment.State.CreatedAt.Ticks % TimeSpan.TicksPerMillisecond);
    }

    [Fact]
    public async Task A_declined_card_is_an_answer()
    {
        _till.Bank.Declines = true;

        var payment = (await _till.Approve()).Value;

        Assert.Equal((PaymentStatus.Declined, "card refused"), (payment.Status, payment.State.Reason));
        _till.BooksAgree();
    }

    [Fact]
    public async Task A_card_that_was_declined_stays_declined_for_that_order()
    {
        _till.Bank.Declines = true;
        await _till.Approve();
        _till.Bank.Declines = false;

        Assert.Equal(PaymentStatus.Declined, (await _till.Approve()).Value.Status);
        _till.BooksAgree();
    }

    [Fact]
    public async Task Repeating_answers_with_the_first_payment_even_while_the_provider_is_down()
    {
        var first = (await _till.Approve()).Value;
        Assert.Equal(first.State, (await _till.Approve()).Value.State);

        _till.Bank.Down = true;
        Assert.Equal(first.State, (await _till.Approve()).Value.State);
        _till.BooksAgree();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Another_amount_for_the_same_order_is_refused(bool down)
    {
        await _till.Approve();
        _till.Bank.Down = down;

        var rejection = (await _till.Approve(Till.Price + 1)).Error!;

        Assert.Equal((ErrorKind.Conflict, "AMOUNT_DIFFERS", "18000"), (rejection.Kind, rejection.Reason, rejection.Expected));
        _till.BooksAgree();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1_000_000_001)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public async Task An_unacceptable_amount_never_reaches_the_provider(long won)
    {
        var rejection = (await _till.Approve(won)).Error!;

        Assert.Equal((ErrorKind.Invalid, "amountWon"), (rejection.Kind, rejection.Field));
        Assert.Null(_till.Row);
        _till.BooksAgree();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1_000_000_000)]
    public async Task The_smallest_and_the_largest_amount_are_acceptable(long won) => Assert.Null((await _till.Approve(won)).Error);

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public async Task An_order_needs_a_positive_number(long order) =>
        Assert.Equal("orderId", (await _till.Approve(order: new OrderId(order))).Error!.Field);

    [Fact]
    public async Task Without_a_clear_answer_nothing_is_stored_and_the_caller_may_ask_again()
    {
        _till.Bank.Down = true;
        var rejection = (await _till.Approve()).Error!;
        Assert.Equal((ErrorKind.Unavailable, Till.Order), (rejection.Kind, rejection.Order));
        Assert.Null(_till.Row);

        _till.Bank.Down = false;
        Assert.Equal(PaymentStatus.Approved, (await _till.Approve()).Value.Status);
        _till.BooksAgree();
    }

    [Fact]
    public async Task A_charge_whose_record_was_lost_is_found_again_by_asking_again()
    {
        // Its process died after the provider had charged and before anything was stored.
        await _till.Bank.Approve(Till.Order, new Money(Till.Price), "kim", "", default);

        Assert.Equal(PaymentStatus.Approved, (await _till.Approve()).Value.Status);
        _till.BooksAgree();
    }

    [Fact]
    public async Task An_order_that_was_given_up_wins_over_a_late_approval_whose_charge_goes_back()
    {
        await _till.Abandon();
        await _till.Settle();

        Assert.Equal("PAYMENT_VOIDED", (await _till.Approve()).Error!.Reason);
        Assert.Equal(Till.Price, _till.Held.Won);

        await _till.Settle();
        Assert.Equal((PaymentStatus.Voided, Money.Zero), (_till.Row!.Status, _till.Held));
        _till.BooksAgree();
    }

    [Fact]
    public async Task A_provider_that_lost_its_memory_and_charges_a_declined_order_gives_that_back()
    {
        _till.Bank.Declines = true;
        await _till.Approve();
        _till.Bank.Forget(Till.Order);
        _till.Bank.Declines = false;

        Assert.Equal(PaymentStatus.Declined, (await _till.Approve()).Value.Status);

        await _till.Settle();
        _till.BooksAgree();
    }

    [Fact]
    public async Task Money_that_the_provider_has_given_back_already_pays_for_nothing()
    {
        await _till.Bank.Approve(Till.Order, new Money(Till.Price), "kim", "", default);
        await _till.Bank.Refund(Till.Order, default);

        Assert.Equal("PAYMENT_VOIDED", (await _till.Approve()).Error!.Reason);

        await _till.SettleForLong();
        _till.BooksAgree();
    }

    [Fact]
    public async Task A_refunded_order_cannot_be_paid_again()
    {
        await _till.Approve();
        await _till.Refund();

        Assert.Equal("PAYMENT_REFUNDED", (await _till.Approve()).Error!.Reason);
        _till.BooksAgree();
    }
}
