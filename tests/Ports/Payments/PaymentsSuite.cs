using FoodDelivery.Kernel;
using FoodDelivery.Payments;
using FoodDelivery.Payments.Ports;
using FoodDelivery.Platform.Storage;
using FoodDelivery.Tests.Ports.Postgres;
using FoodDelivery.Tests.Ports.Providers;
using FoodDelivery.Tests.Support.Postgres;

namespace FoodDelivery.Tests.Ports.Payments;

/// <summary>What every store of payments must keep of whose a payment is.</summary>
public abstract class PaymentsSuite : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly OrderId Order = new(7);
    private static readonly Charge Charged = new(ChargeState.Approved, new Money(18_000), "");
    private static readonly MessageContext Asked = MessageContext.Command("asked");
    private PaymentStand _stand = null!;

    public async Task InitializeAsync() => _stand = await Open();

    public async Task DisposeAsync() => await _stand.DisposeAsync();

    [SuiteFact]
    public async Task A_payments_payer_and_attempt_are_kept()
    {
        var payment = Payment.Record(new PaymentId(1), Order, Charged, Noon, "kim", "first");

        Assert.True(await Payments.Add(payment, Asked, default));

        Assert.Equal(payment.State, (await Payments.OfOrder(Order, default))!.State);
    }

    [SuiteFact]
    public async Task A_late_charge_is_the_attempts_that_was_charged()
    {
        await Payments.Add(Payment.GiveUp(new PaymentId(1), Order, "given up", Noon, attempt: "first"), Asked, default);
        var payment = (await Payments.OfOrder(Order, default))!;
        payment.ChargedLate(Charged with { Attempt = "second" }, Noon);

        await Payments.Save(payment, Asked, default);

        Assert.Equal("second", (await Payments.OfOrder(Order, default))!.State.Attempt);
    }

    [SuiteFact]
    public async Task A_row_from_before_attempts_had_ids_answers_its_payer_and_nobody_else()
    {
        await _stand.Get<IDatabase>().Write(
            new Batch().Add(
                """
                insert into payments (id, order_id, amount_won, status, reason, created_at, updated_at, version, payer)
                values (1, 7, 18000, 'approved', '', 0, 0, 1, 'kim')
                """),
            default);

        Assert.Equal(new PaymentId(1), (await Approve("kim", "second")).Value.Id);
        Assert.Equal("PAYMENT_OF_ANOTHER_ATTEMPT", (await Approve("lee", "second")).Error!.Reason);
    }

    private protected abstract Task<PaymentStand> Open();

    private IPayments Payments => _stand.Get<IPayments>();

    private Task<Result<Payment>> Approve(string payer, string attempt) => _stand.Get<ApprovePaymentHandler>()
        .Handle(new ApprovePayment(Order, 18_000, payer, attempt), AccessScope.Everything, Asked, default);

    private protected static PaymentStand Stand(PostgresPlace? place) => new(new Dictionary<string, string> { ["Pay:Provider"] = "Simulator" }, place: place);
}

public sealed class SqlitePaymentsTests : PaymentsSuite
{
    private protected override Task<PaymentStand> Open() => Task.FromResult(Stand(place: null));
}

[NeedsPostgres]
public sealed class PostgresPaymentsTests : PaymentsSuite
{
    private protected override async Task<PaymentStand> Open() => Stand(await PostgresPlace.Make());
}
