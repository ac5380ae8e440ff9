using FoodDelivery.Kernel;
using FoodDelivery.Payments;

namespace FoodDelivery.Tests.Domain.Payments;

public sealed class SettlingPaymentTests
{
    private readonly Till _till = new();

    [Fact]
    public async Task A_charge_that_arrives_during_the_very_last_look_goes_back_too()
    {
        await _till.Abandon();
        _till.Clock.Pass(TimeSpan.FromHours(25));
        _till.Bank.WhileFinding = () => _till.Approve();

        await _till.Settle();
        Assert.Equal(Till.Price, _till.Held.Won);

        await _till.Settle();
        Assert.Equal(Money.Zero, _till.Held);
        _till.BooksAgree();
    }

    [Fact]
    public async Task What_one_worker_has_in_hand_no_other_takes()
    {
        await _till.Approve();
        await _till.Abandon();
        var taken = _till.Row!;
        taken.Take(_till.Clock.GetUtcNow());
        await _till.Payments.Save(taken, MessageContext.Command("another worker"), default);

        await _till.Settle();

        Assert.Equal(PaymentStatus.Refunding, _till.Row!.Status);
        Assert.Equal(taken.Version, _till.Row.Version);
    }

    [Fact]
    public async Task What_a_worker_had_in_hand_when_it_died_is_taken_by_the_next_after_half_a_minute()
    {
        await _till.Approve();
        await _till.Abandon();
        var taken = _till.Row!;
        taken.Take(_till.Clock.GetUtcNow());
        await _till.Payments.Save(taken, MessageContext.Command("a worker that dies"), default);
        _till.Clock.Pass(TimeSpan.FromSeconds(30));

        await _till.Settle();

        Assert.Equal(PaymentStatus.Refunded, _till.Row!.Status);
        _till.BooksAgree();
    }

    [Fact]
    public async Task A_refund_decided_while_the_clock_was_ahead_is_made_once_it_is_right()
    {
        await _till.Approve();
        _till.Clock.Pass(TimeSpan.FromHours(1));
        await _till.Abandon();
        _till.Clock.Pass(TimeSpan.FromHours(-1));

        await _till.Settle();

        Assert.Equal(PaymentStatus.Refunded, _till.Row!.Status);
        _till.BooksAgree();
    }

    [Fact]
    public async Task What_was_given_up_while_the_clock_was_ahead_is_looked_at_at_once_and_then_after_a_minute()
    {
        _till.Clock.Pass(TimeSpan.FromHours(1));
        await _till.Abandon();
        _till.Clock.Pass(TimeSpan.FromHours(-1));

        await _till.Settle();
        var looked = _till.Row!;
        await _till.Settle();

        Assert.Equal(looked.Version, _till.Row!.Version);
        Assert.Equal(_till.Clock.GetUtcNow() + TimeSpan.FromMinutes(1), looked.State.DueAt);
    }

    [Fact]
    public async Task A_later_look_at_what_was_given_up_is_not_taken_for_a_clocks_error()
    {
        await _till.Abandon();
        _till.Clock.Pass(TimeSpan.FromMinutes(11));
        await _till.Settle();
        var looked = _till.Row!;

        await _till.Settle();

        Assert.True(looked.State.DueAt > _till.Clock.GetUtcNow() + Payment.MaxWait);
        Assert.Equal(looked.Version, _till.Row!.Version);
    }

    [Fact]
    public async Task A_settled_payment_and_an_unknown_order_need_nothing()
    {
        await _till.Settle();
        Assert.Null(_till.Row);

        await _till.Approve();
        await _till.Settle();
        Assert.Equal(1, _till.Row!.Version);
    }
}
