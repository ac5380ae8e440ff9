using FoodDelivery.Kernel;

namespace FoodDelivery.Tests.Domain.Payments;

public sealed class ConfirmingPaymentTests
{
    private readonly Till _till = new();

    [Fact]
    public async Task A_paid_order_answers_with_its_payment()
    {
        var paid = (await _till.Approve()).Value;

        Assert.Equal(paid.State, (await _till.Confirm()).Value.State);
        Assert.Equal(paid.State, (await _till.Confirm(won: null)).Value.State);
    }

    [Fact]
    public async Task Nothing_is_ever_taken_by_it()
    {
        Assert.Equal(ErrorKind.NotFound, (await _till.Confirm()).Error!.Kind);
        Assert.Equal(Money.Zero, _till.Held);
    }

    [Fact]
    public async Task Another_amount_is_a_conflict()
    {
        await _till.Approve();

        Assert.Equal("AMOUNT_DIFFERS", (await _till.Confirm(1)).Error!.Reason);
        Assert.Equal("amountWon", (await _till.Confirm(0)).Error!.Field);
    }

    [Fact]
    public async Task A_declined_card_did_not_pay()
    {
        _till.Bank.Declines = true;
        await _till.Approve();

        Assert.Equal(ErrorKind.Declined, (await _till.Confirm()).Error!.Kind);
    }
}
