using FoodDelivery.Kernel;
using FoodDelivery.Payments;
using FoodDelivery.Payments.Ports;

namespace FoodDelivery.Tests.Domain.Payments;

/// <summary>The provider's books hold something else than ours.</summary>
public sealed class ReconcilingPaymentsTests
{
    private static readonly Charge Charged = new(ChargeState.Approved, new Money(Till.Price), "") { Attempt = "first" };

    private readonly Till _till = new();

    [Fact]
    public async Task Where_the_books_agree_nothing_happens_and_nobody_is_looked_up()
    {
        await _till.Approve();
        var row = _till.Row!.State;

        Assert.Empty(await _till.Reconcile());
        Assert.Equal((row, 0), (_till.Row!.State, _till.Bank.Looks));

        await _till.Refund();
        Assert.Empty(await _till.Reconcile());
        Assert.Equal(0, _till.Bank.Looks);
        _till.BooksAgree();
    }

    [Fact]
    public async Task An_unknown_charge_goes_back_and_whose_order_it_paid_hears_of_both()
    {
        _till.Bank.Remember(Till.Order, Charged);

        Assert.Equal([DiscrepancyKind.UnknownCharge], await _till.Reconcile());

        Assert.Equal((PaymentStatus.Refunded, "first"), (_till.Row!.Status, _till.Row.State.Attempt));
        _till.BooksAgree();
        Assert.Empty(await _till.Reconcile());
    }

    [Fact]
    public async Task A_charge_that_may_be_under_way_is_not_touched()
    {
        _till.Bank.Remember(Till.Order, Charged);
        _till.Bank.MadeAt = _till.Clock.GetUtcNow() - TimeSpan.FromSeconds(59);

        Assert.Empty(await _till.Reconcile());
        Assert.Empty((await _till.ReconcileOrder()).Value);
        Assert.Null(_till.Row);

        _till.Clock.Pass(TimeSpan.FromSeconds(2));
        Assert.Equal([DiscrepancyKind.UnknownCharge], await _till.Reconcile());
    }

    [Fact]
    public async Task A_charge_of_an_order_that_was_given_up_goes_back_at_once()
    {
        await _till.Abandon(attempt: "first");
        await _till.Settle();
        _till.Bank.Remember(Till.Order, Charged);

        Assert.Equal([DiscrepancyKind.ChargeOfNoOrder], await _till.Reconcile());

        Assert.Equal(Money.Zero, _till.Held);
        Assert.Empty(await _till.Reconcile());
    }

    [Fact]
    public async Task A_charge_after_a_decline_goes_back()
    {
        _till.Bank.Declines = true;
        await _till.Approve();
        _till.Bank.Remember(Till.Order, Charged);

        Assert.Equal([DiscrepancyKind.ChargeOfNoOrder], await _till.Reconcile());

        Assert.Equal((Money.Zero, PaymentStatus.Declined), (_till.Held, _till.Row!.Status));
    }

    [Fact]
    public async Task Money_that_should_be_back_goes_back_again()
    {
        await _till.Approve();
        await _till.Refund();
        _till.Bank.Remember(Till.Order, Charged);

        Assert.Equal([DiscrepancyKind.ChargeAfterRefund], await _till.Reconcile());

        Assert.Equal((Money.Zero, PaymentStatus.Refunded), (_till.Held, _till.Row!.Status));
        Assert.Empty(await _till.Reconcile());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_given_back_at_the_provider_is_recorded_as_refunded_once(bool known)
    {
        if (known)
            await _till.Approve();
        _till.Bank.Remember(Till.Order, Charged with { State = ChargeState.Refunded });

        Assert.Equal([DiscrepancyKind.UnknownRefund], await _till.Reconcile());

        Assert.Equal(PaymentStatus.Refunded, _till.Row!.Status);
        _till.BooksAgree();
        Assert.Empty(await _till.Reconcile());
        Assert.Empty((await _till.ReconcileOrder()).Value);
    }

    [Fact]
    public async Task A_refund_of_ours_that_is_under_way_is_none_of_the_providers()
    {
        await _till.Approve();
        _till.Bank.Down = true;
        await _till.Refund();
        _till.Bank.Down = false;

        Assert.Empty((await _till.ReconcileOrder()).Value);
        Assert.Equal(PaymentStatus.Refunding, _till.Row!.Status);
    }

    [Fact]
    public async Task What_nobody_can_settle_is_told_and_left_as_it_is()
    {
        await _till.Approve();
        var row = _till.Row!.State;

        _till.Bank.Returned = new Money(1_000);
        Assert.Equal([DiscrepancyKind.PartialRefund], Kinds((await _till.ReconcileOrder()).Value));
        _till.Bank.Returned = Money.Zero;
        _till.Bank.Remember(Till.Order, Charged with { Amount = new Money(5) });
        Assert.Equal([DiscrepancyKind.OtherAmount], Kinds((await _till.ReconcileOrder()).Value));
        _till.Bank.Remember(Till.Order, Charged with { State = ChargeState.Declined });
        Assert.Equal([DiscrepancyKind.NotCharged], Kinds((await _till.ReconcileOrder()).Value));

        Assert.Equal(row, _till.Row!.State);
    }

    [Fact]
    public async Task What_the_provider_does_not_tell_changes_nothing()
    {
        await _till.Approve();
        var row = _till.Row!.State;
        _till.Bank.Forget(Till.Order);
        Assert.Empty((await _till.ReconcileOrder()).Value);

        _till.Bank.Down = true;
        Assert.Equal(ErrorKind.Unavailable, (await _till.ReconcileOrder()).Error?.Kind);
        Assert.Equal(row, _till.Row!.State);
    }

    private static IEnumerable<DiscrepancyKind> Kinds(IEnumerable<Discrepancy> found) => found.Select(static one => one.Kind);
}
