using FoodDelivery.Kernel;
using FoodDelivery.Payments;

namespace FoodDelivery.Tests.Domain.Payments;

/// <summary>The whole context around one order, with a provider and a store that can be told to misbehave.</summary>
internal sealed class Till
{
    public static readonly OrderId Order = new(7);
    public const long Price = 18_000;

    private readonly SettlePaymentHandler _settling;
    private int _commands;

    public Till()
    {
        Payments = new PaymentsInMemory(Stage);
        Bank = new Bank(Stage);
        _settling = new SettlePaymentHandler(Payments, Bank, Clock);
    }

    public Stage Stage { get; } = new();

    public Clock Clock { get; } = new();

    public PaymentsInMemory Payments { get; }

    public Bank Bank { get; }

    public Payment? Row => Payments.Row(Order);

    public Money Held => Bank.Holds(Order);

    public int Published<T>() => Payments.Published.OfType<T>().Count();

    public Task<Result<Payment>> Approve(long won = Price, OrderId? order = null, string payer = "kim", string attempt = "") =>
        new ApprovePaymentHandler(Payments, Bank, Payments, Clock)
            .Handle(new ApprovePayment(order ?? Order, won, payer, attempt), AccessScope.Everything, Command(), default);

    public Task<Result<Payment>> Refund(string reason = "spilt", AccessScope? scope = null) =>
        new RefundPaymentHandler(Payments, _settling, Clock).Handle(new RefundPayment(Order, reason), scope ?? AccessScope.Everything, Command(), default);

    public Task<Result<Payment>> Confirm(long? won = Price, AccessScope? scope = null) =>
        new ConfirmPaymentHandler(Payments).Handle(new ConfirmPayment(Order, won), scope ?? AccessScope.Everything, default);

    public Task Abandon(string id = "abandoned", string attempt = "") =>
        new AbandonPaymentHandler(Payments, Payments, Clock).Handle(new AbandonPayment(Order, id, attempt), MessageContext.Event(id, "payment-orders"), default);

    public Task Settle() => _settling.Handle(new SettlePayment(Order), Command(), default);

    /// <summary>Compares the books of all time, judging charges that are older than a minute; what is due then is settled.</summary>
    public async Task<IReadOnlyList<DiscrepancyKind>> Reconcile()
    {
        var compared = await new ReconcilePaymentsHandler(Payments, Bank, Payments, Clock)
            .Handle(new ReconcilePayments(DateTimeOffset.UnixEpoch, TimeSpan.FromMinutes(1), ""), Command(), default);
        await Settle();
        return [.. compared.Value.Found.Select(static found => found.Kind)];
    }

    /// <summary>Compares the order alone.</summary>
    public Task<Result<IReadOnlyList<Discrepancy>>> ReconcileOrder() => new ReconcilePaymentsHandler(Payments, Bank, Payments, Clock)
        .Handle(new ReconcilePayment(Order, TimeSpan.FromMinutes(1)), Command(), default);

    /// <summary>What the worker does all day, on one very long day.</summary>
    public async Task SettleForLong()
    {
        for (var minute = 0; minute < 26 * 60 && Row?.State.DueAt is not null; minute++)
        {
            await Settle();
            Clock.Pass(TimeSpan.FromMinutes(1));
        }
    }

    /// <summary>The provider's books, ours and what we told the others say the same.</summary>
    public void BooksAgree()
    {
        var status = Row?.Status;
        Assert.Equal(status is PaymentStatus.Approved ? Row!.Amount : Money.Zero, Held);
        Assert.Null(Row?.State.DueAt);
        Assert.NotEqual(PaymentStatus.Refunding, status);
        Assert.Equal(status is PaymentStatus.Approved or PaymentStatus.Refunded ? 1 : 0, Published<PaymentApproved>());
        Assert.Equal(status is PaymentStatus.Refunded ? 1 : 0, Published<PaymentRefunded>());
        Assert.Equal(status is PaymentStatus.Declined ? 1 : 0, Published<PaymentDeclined>());
    }

    private MessageContext Command() => MessageContext.Command($"command {++_commands}");
}
