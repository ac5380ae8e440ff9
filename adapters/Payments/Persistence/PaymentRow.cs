using FoodDelivery.Payments;

namespace FoodDelivery.Adapters.Payments.Persistence;

/// <summary>A row of the table; its properties are also the statements' parameters.</summary>
internal sealed class PaymentRow
{
    public const string Columns = "id, order_id, amount_won, status, reason, created_at, updated_at, due_at, version, payer";

    public long Id { get; init; }

    public long OrderId { get; init; }

    public long AmountWon { get; init; }

    public string Status { get; init; } = "";

    public string Reason { get; init; } = "";

    public long CreatedAt { get; init; }

    public long UpdatedAt { get; init; }

    public long? DueAt { get; init; }

    public long Version { get; init; }

    public string Payer { get; init; } = "";

    /// <summary>The version that a change is based on.</summary>
    public long LoadedVersion { get; init; }

    public static PaymentRow Of(Payment payment) => new()
    {
        Id = payment.Id.Value,
        OrderId = payment.Order.Value,
        AmountWon = payment.Amount.Won,
        Status = Word(payment.Status),
        Reason = payment.State.Reason,
        CreatedAt = payment.State.CreatedAt.ToUnixTimeMilliseconds(),
        UpdatedAt = payment.State.UpdatedAt.ToUnixTimeMilliseconds(),
        DueAt = payment.State.DueAt?.ToUnixTimeMilliseconds(),
        Version = payment.Version,
        Payer = payment.State.Payer,
        LoadedVersion = payment.LoadedVersion,
    };

    public Payment ToPayment() => Payment.Load(
        new PaymentState(
            new PaymentId(Id),
            new OrderId(OrderId),
            new Money(AmountWon),
            Known(Status),
            Reason,
            DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
            DateTimeOffset.FromUnixTimeMilliseconds(UpdatedAt),
            DueAt is { } due ? DateTimeOffset.FromUnixTimeMilliseconds(due) : null,
            Payer),
        Version);

    private static string Word(PaymentStatus status) => status switch
    {
        PaymentStatus.Approved => "approved",
        PaymentStatus.Declined => "declined",
        PaymentStatus.Refunding => "refunding",
        PaymentStatus.Refunded => "refunded",
        PaymentStatus.Voided => "voided",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "That status has no word in the table."),
    };

    private static PaymentStatus Known(string word) => word switch
    {
        "approved" => PaymentStatus.Approved,
        "declined" => PaymentStatus.Declined,
        "refunding" => PaymentStatus.Refunding,
        "refunded" => PaymentStatus.Refunded,
        "voided" => PaymentStatus.Voided,
        _ => throw new InvalidOperationException($"The table has a payment with the status {word}."),
    };
}
