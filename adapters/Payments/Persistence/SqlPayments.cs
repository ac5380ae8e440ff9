using Dapper;
using FoodDelivery.Adapters.Payments.Messaging;
using FoodDelivery.Adapters.Payments.Settling;
using FoodDelivery.Payments;
using FoodDelivery.Payments.Ports;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Storage;

namespace FoodDelivery.Adapters.Payments.Persistence;

/// <summary>Payments in a table, each change in one batch with its events.</summary>
internal sealed class SqlPayments(IDatabase database, Outbox outbox, SettlingBell bell, PaymentMetrics metrics, TimeProvider clock) : IPayments
{
    private const string Insert = $"""
        insert into payments ({PaymentRow.Columns})
        values (@Id, @OrderId, @AmountWon, @Status, @Reason, @CreatedAt, @UpdatedAt, @DueAt, @Version, @Payer)
        on conflict (order_id) do nothing
        """;

    private const string Update = """
        update payments
        set amount_won = @AmountWon, status = @Status, reason = @Reason, updated_at = @UpdatedAt, due_at = @DueAt, version = @Version
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
            new { Now = now.ToUnixTimeMilliseconds(), Furthest = (now + Payment.LongestWait).ToUnixTimeMilliseconds(), Limit = limit },
            cancellationToken: cancellation);
        return [.. (await database.Read(connection => connection.QueryAsync<long>(query), cancellation)).Select(static order => new OrderId(order))];
    }

    private async Task<Payment?> One(string sql, long number, CancellationToken cancellation) =>
        (await database.Query<PaymentRow>(sql, new { Number = number }, cancellation)).SingleOrDefault()?.ToPayment();

    private Task<WriteResult> Write(string sql, Payment payment, MessageContext cause, CancellationToken cancellation)
    {
        var batch = new Batch().Once(cause).Require(sql, PaymentRow.Of(payment));
        outbox.Enqueue(batch, cause, PublishedPayments.From(payment));
        if (payment.IsDue(clock.GetUtcNow()))
            batch.OnCommitted(bell.Set);
        if (IsRefundedOrphan(payment))
            batch.OnCommitted(metrics.OrphanRefunded);

        return database.Write(batch, cancellation);
    }

    private static bool IsRefundedOrphan(Payment payment) => payment.IsGivenBack && payment.State.Reason == OrderEvents.NotCompleted;
}
