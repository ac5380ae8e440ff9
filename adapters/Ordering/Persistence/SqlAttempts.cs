using Dapper;
using FoodDelivery.Adapters.Ordering.Messaging;
using FoodDelivery.Ordering;
using FoodDelivery.Ordering.Ports;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Storage;

namespace FoodDelivery.Adapters.Ordering.Persistence;

/// <summary>Attempts in the service's own database. Closing one is a conditional update of its row, so that it happens once.</summary>
internal sealed class SqlAttempts(IDatabase database, Outbox outbox, AttemptMetrics metrics) : IAttempts
{
    public Task<OrderAttempt?> Find(OrderId id, CancellationToken cancellation) =>
        FindOne("id = @Id", new { Id = id.Value }, cancellation);

    public Task<OrderAttempt?> Find(RequestKey key, CancellationToken cancellation) =>
        FindOne("caller = @Caller and idempotency_key = @Key and state <> 'Abandoned'", key, cancellation);

    public async Task<OrderAttempt> Open(AttemptRequest request, CancellationToken cancellation)
    {
        while (true)
        {
            var id = await database.WriteOne<long?>(
                """
                insert into attempts (caller, idempotency_key, fingerprint, store_id, customer_id, lines, address, membership_number, state, reason, opened_at)
                values (@Caller, @IdempotencyKey, @Fingerprint, @StoreId, @CustomerId, @Lines, @Address, @MembershipNumber, @State, @Reason, @OpenedAt)
                on conflict (caller, idempotency_key) where state <> 'Abandoned' do nothing
                returning id
                """,
                AttemptRow.Of(request),
                cancellation);
            if (id is { } issued)
                return new OrderAttempt(new OrderId(issued), request);

            // The key stood for an attempt a moment ago; if the sweeper has abandoned it since, the key is free again.
            if (await Find(request.Key!, cancellation) is { } earlier)
                return earlier;
        }
    }

    public Task<bool> Close(OrderAttempt attempt, MessageContext cause, CancellationToken cancellation)
    {
        var batch = Closing(attempt, cause);
        outbox.Enqueue(batch, cause, OrderingEvents.From(attempt));
        if (attempt.State is AttemptState.Abandoned)
            batch.OnCommitted(metrics.Abandoned);

        return Write(batch, cancellation);
    }

    public Task<bool> Close(OrderAttempt attempt, Order order, MessageContext cause, CancellationToken cancellation)
    {
        var batch = Closing(attempt, cause).Add(
            $"""
            insert into orders ({OrderRow.Columns})
            values (@Id, @StoreId, @CustomerId, @Lines, @Address, @MembershipNumber, @PaymentId, @PlacedAt, @Progress, @Cancellation, @Reason, @StatusVersion, @Version)
            """,
            OrderRow.Of(order));
        outbox.Enqueue(batch, cause, [.. OrderingEvents.From(attempt), .. OrderingEvents.From(order)]);
        return Write(batch, cancellation);
    }

    public Task<IReadOnlyList<OrderAttempt>> OpenedOutside(DateTimeOffset from, DateTimeOffset until, int limit, CancellationToken cancellation) =>
        database.Read<IReadOnlyList<OrderAttempt>>(
            async connection =>
            {
                var rows = await connection.QueryAsync<AttemptRow>(new CommandDefinition(
                    $"select {AttemptRow.Columns} from attempts where state = 'Open' and (opened_at < @From or opened_at > @Until) order by opened_at limit @Limit",
                    new { From = from.ToUnixTimeMilliseconds(), Until = until.ToUnixTimeMilliseconds(), Limit = limit },
                    cancellationToken: cancellation));
                return [.. rows.Select(static row => row.ToAttempt())];
            },
            cancellation);

    public Task Disown(OrderId id, MessageContext cause, CancellationToken cancellation)
    {
        var batch = new Batch().Once(cause);
        outbox.Enqueue(batch, cause, [OrderingEvents.From(new OrderAttemptAbandoned(id))]);
        return database.Write(batch, cancellation);
    }

    private static Batch Closing(OrderAttempt attempt, MessageContext cause) => new Batch().Once(cause).Require(
        "update attempts set state = @State, reason = @Reason where id = @Id and state = 'Open'",
        new { Id = attempt.Id.Value, State = attempt.State.ToString(), attempt.Reason });

    private async Task<bool> Write(Batch batch, CancellationToken cancellation) => await database.Write(batch, cancellation) != WriteResult.Stale;

    private async Task<OrderAttempt?> FindOne(string condition, object parameters, CancellationToken cancellation) =>
        (await database.Query<AttemptRow>($"select {AttemptRow.Columns} from attempts where {condition}", parameters, cancellation)).SingleOrDefault()?.ToAttempt();
}
