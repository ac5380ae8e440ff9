using System.Diagnostics.Metrics;
using Dapper;
using FoodDelivery.Adapters.Ordering.Messaging;
using FoodDelivery.Ordering;
using FoodDelivery.Ordering.Ports;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Storage;
using Microsoft.Extensions.Options;

namespace FoodDelivery.Adapters.Ordering.Persistence;

/// <summary>Attempts in the service's own database. Closing one is a conditional update of its row, so that it happens once.</summary>
internal sealed class SqlAttempts(IDatabase database, Outbox outbox, IEventIds ids, AttemptMetrics metrics, IOptions<StorageOptions> storage) : IAttempts
{
    // Each kind of database counts in its own way.
    private const string IssueBeyondInPostgres =
        "select setval(pg_get_serial_sequence('attempts', 'id'), @Highest) from attempts_id_seq where last_value < @Highest";

    private const string CountInSqlite =
        "insert into sqlite_sequence (name, seq) select 'attempts', 0 where not exists (select 1 from sqlite_sequence where name = 'attempts')";

    private const string IssueBeyondInSqlite = "update sqlite_sequence set seq = @Highest where name = 'attempts' and seq < @Highest";

    /// <summary>
    /// The attempts that have ended. So long their idempotency keys are remembered, which is all that they are still there for: the sweeper looks at open ones,
    /// an order and its payment have their own rows, and no number is given out again.
    /// </summary>
    public static Retention Ended(TimeSpan keep) =>
        new("attempts", "id", Retention.Oldest("id", "attempts", "state <> 'Open' and opened_at < @Before"), keep);

    public Task<OrderAttempt?> Find(OrderId id, CancellationToken cancellation) =>
        FindOne("id = @Id", new { Id = id.Value }, cancellation);

    public Task<OrderAttempt?> Find(RequestKey key, CancellationToken cancellation) =>
        FindOne("caller = @Caller and idempotency_key = @Key and state <> 'Abandoned'", key, cancellation);

    public async Task<OrderAttempt> Open(AttemptRequest request, CancellationToken cancellation)
    {
        while (true)
        {
            var attemptId = ids.Next();
            var id = await database.WriteOne<long?>(
                """
                insert into attempts (caller, idempotency_key, fingerprint, store_id, customer_id, lines, address, membership_number, state, reason, opened_at, attempt_id, delivery_fee, discount)
                values (@Caller, @IdempotencyKey, @Fingerprint, @StoreId, @CustomerId, @Lines, @Address, @MembershipNumber, @State, @Reason, @OpenedAt, @AttemptId, @DeliveryFee, @Discount)
                on conflict (caller, idempotency_key) where state <> 'Abandoned' do nothing
                returning id
                """,
                AttemptRow.Of(request, attemptId),
                cancellation);
            if (id is { } issued)
                return new OrderAttempt(new OrderId(issued), request, attemptId: attemptId);

            // The key stood for an attempt a moment ago; if the sweeper has abandoned it since, the key is free again.
            if (await Find(request.Key!, cancellation) is { } earlier)
                return earlier;
        }
    }

    public Task IssueBeyond(OrderId highest, CancellationToken cancellation)
    {
        var number = new { Highest = highest.Value };
        return database.Write(
            string.Equals(storage.Value.Provider, "Postgres", StringComparison.OrdinalIgnoreCase)
                ? new Batch().Add(IssueBeyondInPostgres, number)
                : new Batch().Add(CountInSqlite).Add(IssueBeyondInSqlite, number),
            cancellation);
    }

    public Task<bool> Close(OrderAttempt attempt, MessageContext cause, CancellationToken cancellation)
    {
        var batch = Closing(attempt, cause);
        outbox.Enqueue(batch, cause, attempt.ToPublished());
        if (attempt.Raised.Any(static happened => happened is OrderAttemptAbandoned))
            batch.OnCommitted(metrics.Abandoned);

        return Write(batch, cancellation);
    }

    public Task<bool> Close(OrderAttempt attempt, Order order, MessageContext cause, CancellationToken cancellation)
    {
        var batch = Closing(attempt, cause).Add(
            $"""
            insert into orders ({OrderRow.Columns})
            values (@Id, @StoreId, @CustomerId, @Lines, @Address, @MembershipNumber, @PaymentId, @PlacedAt, @Progress, @Cancellation, @Reason, @StatusVersion, @Version, @StoreToldAt, @Reminders, @DeliveryFee, @Discount)
            """,
            OrderRow.Of(order));
        outbox.Enqueue(batch, cause, [.. attempt.ToPublished(), .. order.ToPublished()]);
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
        outbox.Enqueue(batch, cause, [new OrderAttemptAbandoned(id).ToPublished()]);
        return database.Write(batch, cancellation);
    }

    private static Batch Closing(OrderAttempt attempt, MessageContext cause) => new Batch().Once(cause).Require(
        "update attempts set state = @State, reason = @Reason where id = @Id and state = 'Open'",
        new { Id = attempt.Id.Value, State = attempt.State.ToString(), attempt.Reason });

    private async Task<bool> Write(Batch batch, CancellationToken cancellation) => await database.Write(batch, cancellation) != WriteResult.Stale;

    private async Task<OrderAttempt?> FindOne(string condition, object parameters, CancellationToken cancellation) =>
        (await database.Query<AttemptRow>($"select {AttemptRow.Columns} from attempts where {condition}", parameters, cancellation)).SingleOrDefault()?.ToAttempt();
}

/// <summary>A row of the table attempts.</summary>
internal sealed class AttemptRow
{
    public const string Columns =
        "id, caller, idempotency_key, fingerprint, store_id, customer_id, lines, address, membership_number, state, reason, opened_at, attempt_id, delivery_fee, discount";

    public long Id { get; init; }

    public string? Caller { get; init; }

    public string? IdempotencyKey { get; init; }

    public string Fingerprint { get; init; } = "";

    public long StoreId { get; init; }

    public string CustomerId { get; init; } = "";

    public string Lines { get; init; } = "";

    public string Address { get; init; } = "";

    public string MembershipNumber { get; init; } = "";

    public string State { get; init; } = nameof(AttemptState.Open);

    public string Reason { get; init; } = "";

    public long OpenedAt { get; init; }

    public string AttemptId { get; init; } = "";

    public long DeliveryFee { get; init; }

    public long Discount { get; init; }

    public static AttemptRow Of(AttemptRequest request, string attemptId) => new()
    {
        Caller = request.Key?.Caller,
        IdempotencyKey = request.Key?.Key,
        Fingerprint = request.Fingerprint,
        StoreId = request.Details.Store.Value,
        CustomerId = request.Details.Customer,
        Lines = StoredLines.Write(request.Details.Lines),
        Address = request.Details.Address,
        MembershipNumber = request.Details.MembershipNumber,
        OpenedAt = request.OpenedAt.ToUnixTimeMilliseconds(),
        AttemptId = attemptId,
        DeliveryFee = request.Details.DeliveryFee.Won,
        Discount = request.Details.Discount.Won,
    };

    public OrderAttempt ToAttempt() => new(
        new OrderId(Id),
        new AttemptRequest(
            Caller is null || IdempotencyKey is null ? null : new RequestKey(Caller, IdempotencyKey),
            Fingerprint,
            new OrderDetails(new StoreId(StoreId), CustomerId, StoredLines.Read(Lines), Address, MembershipNumber)
            {
                DeliveryFee = new Money(DeliveryFee), Discount = new Money(Discount),
            },
            DateTimeOffset.FromUnixTimeMilliseconds(OpenedAt)),
        Enum.Parse<AttemptState>(State),
        Reason,
        AttemptId);
}

/// <summary>The instruments of the meter <c>FoodDelivery.Ordering</c>.</summary>
internal sealed class AttemptMetrics
{
    private readonly Counter<long> _abandoned;

    public AttemptMetrics(IMeterFactory meters)
    {
        _abandoned = meters.Create("FoodDelivery.Ordering").CreateCounter<long>(
            "fooddelivery.ordering.abandoned", "{attempt}", "Attempts to order that were open for too long and were given up.");

        // So that the first one is an increase.
        _abandoned.Add(0);
    }

    public void Abandoned() => _abandoned.Add(1);
}
