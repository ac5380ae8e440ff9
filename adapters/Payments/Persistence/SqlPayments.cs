using System.Diagnostics.Metrics;
using Dapper;
using FoodDelivery.Adapters.Payments.Messaging;
using FoodDelivery.Payments;
using FoodDelivery.Payments.Ports;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Storage;

namespace FoodDelivery.Adapters.Payments.Persistence;

/// <summary>Payments in a table, each change in one batch with its events.</summary>
internal sealed class SqlPayments(IDatabase database, Outbox outbox, SettlementSignal due, PaymentMetrics metrics, TimeProvider clock) : IPayments
{
    private const string Insert = $"""
        insert into payments ({PaymentRow.Columns})
        values (@Id, @OrderId, @AmountWon, @Status, @Reason, @CreatedAt, @UpdatedAt, @DueAt, @Version, @Payer, @AttemptId)
        on conflict (order_id) do nothing
        """;

    private const string Update = """
        update payments
        set amount_won = @AmountWon, status = @Status, reason = @Reason, updated_at = @UpdatedAt, due_at = @DueAt, version = @Version, attempt_id = @AttemptId
        where id = @Id and version = @LoadedVersion
        """;

    public async Task<bool> Add(Payment payment, MessageContext cause, CancellationToken cancellation) =>
        await Write(Insert, payment, cause, cancellation) != WriteResult.Stale;

    public async Task Save(Payment payment, MessageContext cause, CancellationToken cancellation) =>
        (await Write(Update, payment, cause, cancellation)).ThrowIfStale($"Payment {payment.Id}");

    public Task<Payment?> OfOrder(OrderId order, CancellationToken cancellation) =>
        One($"select {PaymentRow.Columns} from payments where order_id = @Number", order.Value, cancellation);

    public Task<Payment?> Find(PaymentId payment, CancellationToken cancellation) =>
        One($"select {PaymentRow.Columns} from payments where id = @Number", payment.Value, cancellation);

    public async Task<IReadOnlyList<OrderId>> Due(DateTimeOffset now, int limit, CancellationToken cancellation)
    {
        var query = new CommandDefinition(
            """
            select order_id from payments
            where due_at <= @Now or (due_at > @Furthest and (status = 'refunding' or created_at > @Now))
            order by due_at limit @Limit
            """,
            new { Now = now.ToUnixTimeMilliseconds(), Furthest = (now + Payment.MaxWait).ToUnixTimeMilliseconds(), Limit = limit },
            cancellationToken: cancellation);
        return [.. (await database.Read(connection => connection.QueryAsync<long>(query), cancellation)).Select(static order => new OrderId(order))];
    }

    private async Task<Payment?> One(string sql, long number, CancellationToken cancellation) =>
        (await database.Query<PaymentRow>(sql, new { Number = number }, cancellation)).SingleOrDefault()?.ToPayment();

    private Task<WriteResult> Write(string sql, Payment payment, MessageContext cause, CancellationToken cancellation)
    {
        var batch = new Batch().Once(cause).Require(sql, PaymentRow.Of(payment));
        outbox.Enqueue(batch, cause, payment.ToPublished());
        if (payment.IsDue(clock.GetUtcNow()))
            batch.OnCommitted(due.Set);
        if (IsRefundedOrphan(payment))
            batch.OnCommitted(metrics.OrphanRefunded);

        return database.Write(batch, cancellation);
    }

    private static bool IsRefundedOrphan(Payment payment) => payment.IsGivenBack && payment.State.Reason == OrderingConsumer.NotCompleted;
}

/// <summary>The history, along the table's primary key, its orders' numbers, or a payer's part of either.</summary>
internal sealed class SqlPaymentHistory(IDatabase database) : IPaymentHistory
{
    public async Task<IReadOnlyList<Payment>> List(
        OrderId? order, string? payer, PaymentId? before, long skip, int limit, SortDirection? byOrder, CancellationToken cancellation)
    {
        var query = new CommandDefinition(
            $"""
            select {PaymentRow.Columns} from payments where {Filter(order, payer)}{(before is null ? "" : " and id < @Before")}
            order by {(byOrder is { } direction ? $"order_id {direction.ToSql()}" : "id desc")} limit @Limit offset @Skip
            """,
            new { Order = order?.Value, Payer = payer, Before = before?.Value, Skip = skip, Limit = limit },
            cancellationToken: cancellation);
        var rows = await database.Read(connection => connection.QueryAsync<PaymentRow>(query), cancellation);
        return [.. rows.Select(static row => row.ToPayment())];
    }

    public Task<long> Count(OrderId? order, string? payer, int limit, CancellationToken cancellation)
    {
        var query = new CommandDefinition(
            $"select count(*) from (select 1 from payments where {Filter(order, payer)} limit @Limit) as counted",
            new { Order = order?.Value, Payer = payer, Limit = limit },
            cancellationToken: cancellation);
        return database.Read(connection => connection.ExecuteScalarAsync<long>(query), cancellation);
    }

    // A parameter that may be null would keep the database from using the index.
    private static string Filter(OrderId? order, string? payer) =>
        (order is null ? "1 = 1" : "order_id = @Order") + (payer is null ? "" : " and payer = @Payer");
}

/// <summary>A row of the table; its properties are also the statements' parameters.</summary>
internal sealed class PaymentRow
{
    public const string Columns = "id, order_id, amount_won, status, reason, created_at, updated_at, due_at, version, payer, attempt_id";

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

    public string AttemptId { get; init; } = "";

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
        AttemptId = payment.State.Attempt,
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
            Payer,
            AttemptId),
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

/// <summary>The instruments of the meter <c>FoodDelivery.Payments</c>.</summary>
internal sealed class PaymentMetrics
{
    private readonly Counter<long> _orphans;
    private readonly Counter<long> _discrepancies;

    public PaymentMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("FoodDelivery.Payments");
        _orphans = meter.CreateCounter<long>(
            "fooddelivery.payment.orphans", "{payment}", "Payments whose orders did not come to be, found and refunded.");

        _discrepancies = meter.CreateCounter<long>(
            "fooddelivery.payments.discrepancies", "{payment}", "Differences between the provider's books and ours; one that is not settled counts with every comparison.");

        // So that the first one is an increase.
        _orphans.Add(0);
        foreach (var kind in Enum.GetValues<DiscrepancyKind>())
            Differ(kind, 0);
    }

    public void Differ(DiscrepancyKind kind) => Differ(kind, 1);

    public void OrphanRefunded() => _orphans.Add(1);

    private void Differ(DiscrepancyKind kind, int count) => _discrepancies.Add(count, new KeyValuePair<string, object?>("kind", kind switch
    {
        DiscrepancyKind.UnknownCharge => "unknown_charge",
        DiscrepancyKind.ChargeOfNoOrder => "charge_of_no_order",
        DiscrepancyKind.ChargeAfterRefund => "charge_after_refund",
        DiscrepancyKind.UnknownRefund => "unknown_refund",
        DiscrepancyKind.PartialRefund => "partial_refund",
        DiscrepancyKind.OtherAmount => "other_amount",
        DiscrepancyKind.NotCharged => "not_charged",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "That kind has no word in the metrics."),
    }));
}
