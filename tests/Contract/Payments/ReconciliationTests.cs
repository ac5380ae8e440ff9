using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Toss;

namespace FoodDelivery.Tests.Contract.Payments;

/// <summary>What is done at the provider without us: found by comparing its books with ours, told to operators, and settled.</summary>
public sealed class ReconciliationTests : TossPayment
{
    public ReconciliationTests()
        : base("--Pay:Reconciliation:Interval=0:00:00.2", "--Pay:Reconciliation:Grace=0:01:00")
    {
    }

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await PayFor7AnHourAgo();
    }

    [Fact]
    public async Task A_charge_that_nobody_knows_is_cancelled_and_another_installations_and_a_young_one_are_not()
    {
        Toss.Books.ChargeByHand(Number(9), 5_000);
        Toss.Books.ChargeByHand("food-another-9", 5_000);
        Toss.Books.Age = TimeSpan.Zero;
        Toss.Books.ChargeByHand(Number(10), 5_000);

        await Eventually.Holds(async () => Assert.Equal((false, "refunded"), (Books(9).IsHeld, await Pay.Status(9))));

        await Eventually.Holds(async () => Assert.Equal(1, await Told("unknown_charge")));
        await HasPublished(9, "PaymentApproved", "PaymentRefunded");
        Assert.True(Toss.Books.Entries.Single(static entry => entry.Order == "food-another-9").IsHeld);
        Assert.True(Books(10).IsHeld && Books(7).IsHeld);
        Assert.Equal("approved", await Pay.Status(7));
    }

    [Fact]
    public async Task A_refund_by_hand_is_recorded_and_a_partial_one_is_told_alone()
    {
        await Pay.Approve(order: 8);
        Toss.Books.CancelByHand(Number(7));
        Toss.Books.CancelByHand(Number(8), 1_000);

        await Eventually.Holds(async () => Assert.Equal(("refunded", 1), (await Pay.Status(7), await Told("unknown_refund"))));
        await Eventually.Holds(async () => Assert.InRange(await Told("partial_refund"), 1, 1_000));

        await HasPublished(7, "PaymentApproved", "PaymentRefunded");
        Assert.Equal(("approved", true), (await Pay.Status(8), Books(8).IsHeld));
        Assert.Equal(0, await Told("unknown_charge"));
    }

    [Theory]
    [InlineData("--Pay:Reconciliation:Interval=25:00:00", "Pay:Reconciliation:Interval")]
    [InlineData("--Pay:Reconciliation:Interval=0:00:00.01", "Pay:Reconciliation:Interval")]
    [InlineData("--Pay:Reconciliation:Days=0", "Pay:Reconciliation:Days")]
    [InlineData("--Pay:Reconciliation:Grace=0:00:30", "Pay:Reconciliation:Grace")]
    public async Task A_setting_that_cannot_be_used_is_named(string setting, string name)
    {
        using var data = new DataFolder();
        var error = await Assert.ThrowsAnyAsync<Exception>(() => RunningPay.In(data.Path, setting));

        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    private TossBooks.Entry Books(long order) => Toss.Books.Entries.Single(entry => entry.Order == Number(order));

    private async Task<int> Told(string kind) => (await Pay.Rest.Get("/metrics")).Expect(200).Text.Split('\n')
        .Where(line => line.StartsWith("fooddelivery_payments_discrepancies_total", StringComparison.Ordinal) && line.Contains($"kind=\"{kind}\"", StringComparison.Ordinal))
        .Select(static line => int.Parse(line.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture))
        .Single();
}
