using FoodDelivery.Kernel;
using FoodDelivery.Payments;

namespace FoodDelivery.Tests.Domain.Payments;

/// <summary>Ordering's data were restored from a backup: a number under which kim has paid is given out again, to lee or to another attempt of kim's.</summary>
public sealed class NumberGivenOutAgainTests
{
    private const string Hers = "01978c7e-0000-7000-8000-000000000001";
    private const string His = "01978c7e-0000-7000-8000-000000000002";
    private readonly Till _till = new();

    [Theory]
    [InlineData("lee", His, Till.Price)]
    [InlineData("kim", His, Till.Price)]
    [InlineData("lee", "", Till.Price)]
    [InlineData("lee", His, Till.Price + 1)]
    public async Task Its_payment_answers_nobody_else_and_stays(string payer, string attempt, long won)
    {
        var first = (await _till.Approve(attempt: Hers)).Value;

        var refused = (await _till.Approve(won, payer: payer, attempt: attempt)).Error!;

        Assert.Equal((ErrorKind.Conflict, "PAYMENT_OF_ANOTHER_ATTEMPT", Till.Order), (refused.Kind, refused.Reason, refused.Order));
        Assert.Equal(first.State, (await _till.Approve(attempt: Hers)).Value.State);
        _till.BooksAgree();
    }

    [Fact]
    public async Task Nor_does_it_while_the_provider_is_down()
    {
        await _till.Approve(attempt: Hers);
        _till.Bank.Down = true;

        Assert.Equal("PAYMENT_OF_ANOTHER_ATTEMPT", (await _till.Approve(payer: "lee", attempt: His)).Error!.Reason);
    }

    [Fact]
    public async Task A_declined_card_declines_nobody_elses_order_and_what_was_charged_goes_back()
    {
        _till.Bank.Declines = true;
        await _till.Approve(attempt: Hers);

        // A provider to which another customer's charge is another charge.
        _till.Bank.Declines = false;
        _till.Bank.Forget(Till.Order);

        Assert.Equal("PAYMENT_OF_ANOTHER_ATTEMPT", (await _till.Approve(payer: "lee", attempt: His)).Error!.Reason);
        await _till.SettleForLong();
        Assert.Equal(Money.Zero, _till.Held);
    }

    [Fact]
    public async Task What_is_charged_under_a_number_that_was_given_up_goes_back()
    {
        await _till.Abandon(attempt: Hers);

        Assert.Equal(ErrorKind.Conflict, (await _till.Approve(payer: "lee", attempt: His)).Error!.Kind);
        Assert.Equal(new Money(Till.Price), _till.Held);
        await _till.SettleForLong();
        Assert.Equal(Money.Zero, _till.Held);
    }

    [Fact]
    public async Task What_only_the_provider_knows_of_is_hers_too()
    {
        // The payments were restored as well, or a process died before it had recorded the charge.
        await _till.Bank.Approve(Till.Order, new Money(Till.Price), "kim", Hers, default);

        Assert.Equal("PAYMENT_OF_ANOTHER_ATTEMPT", (await _till.Approve(payer: "lee", attempt: His)).Error!.Reason);
        Assert.Null(_till.Row);
        Assert.Equal(PaymentStatus.Approved, (await _till.Approve(attempt: Hers)).Value.Status);
        _till.BooksAgree();
    }

    [Fact]
    public async Task Giving_his_attempt_up_does_not_send_her_money_back()
    {
        await _till.Approve(attempt: Hers);

        await _till.Abandon(attempt: His);
        await _till.SettleForLong();

        Assert.Equal(PaymentStatus.Approved, _till.Row!.Status);
        _till.BooksAgree();
    }

    [Fact]
    public async Task Nor_does_it_where_only_the_provider_knows_of_hers()
    {
        await _till.Bank.Approve(Till.Order, new Money(Till.Price), "kim", Hers, default);

        await _till.Abandon(attempt: His);
        await _till.SettleForLong();

        Assert.Equal(new Money(Till.Price), _till.Held);
    }

    [Fact]
    public async Task Giving_her_own_attempt_up_does()
    {
        await _till.Approve(attempt: Hers);

        await _till.Abandon(attempt: Hers);
        await _till.SettleForLong();

        Assert.Equal(PaymentStatus.Refunded, _till.Row!.Status);
        _till.BooksAgree();
    }

    [Fact]
    public async Task A_payment_from_before_attempts_had_ids_answers_its_payer_as_before()
    {
        var before = (await _till.Approve()).Value;

        Assert.Equal(before.State, (await _till.Approve(attempt: Hers)).Value.State);
        await _till.Abandon(attempt: Hers);
        await _till.SettleForLong();
        Assert.Equal(PaymentStatus.Refunded, _till.Row!.Status);
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890")]
    public async Task An_id_that_is_none_is_named(string attempt)
    {
        var refused = (await _till.Approve(attempt: attempt)).Error!;

        Assert.Equal((ErrorKind.Invalid, "attemptId"), (refused.Kind, refused.Field));
    }
}
