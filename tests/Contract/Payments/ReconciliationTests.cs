using System.Security.Cryptography;
using FoodDelivery.Protos.Payment.V1;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Toss;

namespace FoodDelivery.Tests.Contract.Payments;

/// <summary>What is done at the provider without us: found by comparing its books with ours, told to operators, and settled.</summary>
public sealed class ReconciliationTests : IAsyncLifetime, IDisposable
{
    private readonly DataFolder _data = new();
    private TossStub _toss = null!;
    private RunningPay _pay = null!;

    public async Task InitializeAsync()
    {
        _toss = await TossStub.Start();
        _toss.Books.Age = TimeSpan.FromHours(1);
        _pay = await RunningPay.In(
            _data.Path,
            "--environment",
            "Production",
            "--Pay:Provider=Toss",
            $"--Pay:Toss:Address={_toss.Address}",
            $"--Pay:Toss:SecretKey={TossStub.SecretKey}",
            "--Pay:Reconciliation:Interval=0:00:00.2",
            "--Pay:Reconciliation:Grace=0:01:00",
            $"--Pay:CardKeys={Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}");
        (await _pay.Rest.Put("/cards/kim", new { customerKey = "kim-0001", authKey = "auth_1" })).Expect(204);
        Assert.Equal(PaymentStatus.Approved, (await _pay.Approve(order: 7)).Status);
    }

    [Fact]
    public async Task A_charge_that_nobody_knows_is_cancelled_and_another_installations_and_a_young_one_are_not()
    {
        _toss.Books.ChargeByHand(Number(9), 5_000);
        _toss.Books.ChargeByHand("food-another-9", 5_000);
        _toss.Books.Age = TimeSpan.Zero;
        _toss.Books.ChargeByHand(Number(10), 5_000);

        await Eventually.Holds(async () => Assert.Equal((false, "refunded"), (Books(9).IsHeld, await _pay.Status(9))));

        await Eventually.Holds(async () => Assert.Equal(1, await Told("unknown_charge")));
        await Published(9, "PaymentApproved", "PaymentRefunded");
        Assert.True(_toss.Books.Entries.Single(static entry => entry.Order == "food-another-9").IsHeld);
        Assert.True(Books(10).IsHeld && Books(7).IsHeld);
        Assert.Equal("approved", await _pay.Status(7));
    }

    [Fact]
    public async Task A_refund_by_hand_is_recorded_and_a_partial_one_is_told_alone()
    {
        await _pay.Approve(order: 8);
        _toss.Books.CancelByHand(Number(7));
        _toss.Books.CancelByHand(Number(8), 1_000);

        await Eventually.Holds(async () => Assert.Equal(("refunded", 1), (await _pay.Status(7), await Told("unknown_refund"))));
        await Eventually.Holds(async () => Assert.InRange(await Told("partial_refund"), 1, 1_000));

        await Published(7, "PaymentApproved", "PaymentRefunded");
        Assert.Equal(("approved", true), (await _pay.Status(8), Books(8).IsHeld));
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

    public async Task DisposeAsync()
    {
        await _pay.DisposeAsync();
        await _toss.DisposeAsync();
    }

    public void Dispose() => _data.Dispose();

    private TossBooks.Entry Books(long order) => _toss.Books.Entries.Single(entry => entry.Order == Number(order));

    // What the provider calls an order of this installation.
    private string Number(long order) => _toss.Books.Entries[0].Order is var first ? $"{first[..(first.LastIndexOf('-') + 1)]}{order}" : "";

    private Task Published(long order, params string[] events) => Eventually.Holds(() =>
    {
        Assert.Equal(events, _pay.Published(order).Select(static one => one.Type[(one.Type.LastIndexOf('.') + 1)..]));
        return Task.CompletedTask;
    });

    private async Task<int> Told(string kind) => (await _pay.Rest.Get("/metrics")).Expect(200).Text.Split('\n')
        .Where(line => line.StartsWith("fooddelivery_payments_discrepancies_total", StringComparison.Ordinal) && line.Contains($"kind=\"{kind}\"", StringComparison.Ordinal))
        .Select(static line => int.Parse(line.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture))
        .Single();
}
