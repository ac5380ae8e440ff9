using FoodDelivery.Kernel;
using FoodDelivery.Payments;

namespace FoodDelivery.Tests.Domain.Payments;

public sealed class AbandoningPaymentTests
{
    private readonly Till _till = new();

    [Fact]
    public async Task An_approved_payment_is_owed_back_even_while_the_provider_is_down()
    {
        await _till.Approve();
        _till.Bank.Down = true;

        await _till.Abandon();

        Assert.Equal(PaymentStatus.Refunding, _till.Row!.Status);
        _till.Bank.Down = false;
        await _till.Settle();
        _till.BooksAgree();
    }

    [Fact]
    public async Task A_charge_of_which_nothing_was_recorded_goes_back()
    {
        await _till.Bank.Approve(Till.Order, new Money(Till.Price), "kim", "", default);

        await _till.Abandon();
        await _till.Settle();

        Assert.Equal((PaymentStatus.Voided, Till.Price), (_till.Row!.Status, _till.Row.Amount.Won));
        _till.BooksAgree();
    }

    [Fact]
    public async Task A_charge_that_the_provider_makes_hours_later_goes_back_too()
    {
        await _till.Abandon();
        await _till.Settle();
        _till.Clock.Pass(TimeSpan.FromHours(2));
        await _till.Bank.Approve(Till.Order, new Money(Till.Price), "kim", "", default);

        await _till.SettleForLong();

        Assert.Equal(Money.Zero, _till.Held);
        _till.BooksAgree();
    }

    [Fact]
    public async Task A_provider_that_is_down_for_two_days_does_not_use_up_the_looks()
    {
        await _till.Bank.Approve(Till.Order, new Money(Till.Price), "kim", "", default);
        await _till.Abandon();
        _till.Bank.Down = true;
        for (var hour = 0; hour < 48; hour++)
        {
            await _till.Settle();
            _till.Clock.Pass(TimeSpan.FromHours(1));
        }

        _till.Bank.Down = false;
        await _till.SettleForLong();
        _till.BooksAgree();
    }

    [Fact]
    public async Task A_voided_payment_is_looked_at_until_a_day_has_passed()
    {
        await _till.Abandon();
        List<TimeSpan> looks = [];
        while (_till.Row!.State.DueAt is { } due)
        {
            _till.Clock.Pass(due - _till.Clock.GetUtcNow());
            looks.Add(due - _till.Row.State.CreatedAt);
            await _till.Settle();
        }

        Assert.Equal([0, 1, 10, 60, 360, 1440], looks.Select(static look => look.TotalMinutes));
        _till.BooksAgree();
    }

    [Fact]
    public async Task The_same_event_again_changes_nothing()
    {
        await _till.Approve();
        await _till.Abandon();
        await _till.Settle();
        var settled = _till.Row!;

        await _till.Abandon();
        await _till.Abandon("another event");

        Assert.Equal((settled.State, settled.Version), (_till.Row!.State, _till.Row.Version));
        _till.BooksAgree();
    }

    [Fact]
    public async Task A_declined_payment_stays_as_it_is()
    {
        _till.Bank.Declines = true;
        await _till.Approve();

        await _till.Abandon();

        Assert.Equal(PaymentStatus.Declined, _till.Row!.Status);
        _till.BooksAgree();
    }
}
