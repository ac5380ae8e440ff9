using System.Globalization;
using Dapper;
using FoodDelivery.Payments.Ports;
using FoodDelivery.Platform.Storage;
using FoodDelivery.Platform.Storage.Sqlite;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Adapters.Payments.Provider.Simulator;

/// <summary>
/// The simulated provider's own books, in a file of their own: they outlive this process as a third party would, though not a power cut.
/// Whatever processes share the file, an order is charged once.
/// </summary>
internal sealed class SimulatorLedger(string path, TimeProvider clock, ILogger<SqliteDatabase> log) : IAsyncDisposable, IDisposable
{
    private const string Columns = "order_id, amount_won, state, reason, attempt_id, made_at";

    private readonly SqliteDatabase _database = new(
        path,
        new SqliteOptions { Durability = Durability.ProcessExit },
        [new MigrationSource("provider", typeof(SimulatorLedger).Assembly, "Ledger")],
        clock,
        log);

    /// <summary>Records a charge, or tells the one that was recorded first.</summary>
    public async Task<Charge> Record(OrderId order, Charge charge, CancellationToken cancellation) =>
        ToCharge(await _database.WriteOne<Row>(
            $"""
            insert into charges (order_id, amount_won, state, reason, made_at, attempt_id) values (@Order, @Amount, @State, @Reason, @Now, @Attempt)
            on conflict (order_id) do update set order_id = excluded.order_id
            returning {Columns}
            """,
            new
            {
                Order = order.Value,
                Amount = charge.Amount.Won,
                State = charge.State.ToString(),
                charge.Reason,
                charge.Attempt,
                Now = clock.GetUtcNow().ToUnixTimeMilliseconds(),
            },
            cancellation));

    public async Task<Charge> Refund(OrderId order, CancellationToken cancellation) =>
        ToCharge(await _database.WriteOne<Row>(
            $"""
            update charges set state = case state when @Approved then @Refunded else state end where order_id = @Order
            returning {Columns}
            """,
            new { Order = order.Value, Approved = nameof(ChargeState.Approved), Refunded = nameof(ChargeState.Refunded) },
            cancellation));

    public async Task<Charge> Find(OrderId order, CancellationToken cancellation) => ToCharge(await Read(order, cancellation));

    /// <summary>The order's charge with its time.</summary>
    public async Task<BookedCharge> Look(OrderId order, CancellationToken cancellation) => await Read(order, cancellation) is { } row
        ? new BookedCharge(ToCharge(row), Money.Zero, DateTimeOffset.FromUnixTimeMilliseconds(row.MadeAt))
        : BookedCharge.None;

    /// <summary>A page of what was charged in that time, by the orders' numbers.</summary>
    public async Task<BooksPage> List(DateTimeOffset from, DateTimeOffset until, string after, int limit, CancellationToken cancellation)
    {
        var query = new CommandDefinition(
            $"select {Columns} from charges where made_at >= @From and made_at < @Until and order_id > @After order by order_id limit @Limit",
            new
            {
                From = from.ToUnixTimeMilliseconds(),
                Until = until.ToUnixTimeMilliseconds(),
                After = after.Length == 0 ? 0 : long.Parse(after, CultureInfo.InvariantCulture),
                Limit = limit,
            },
            cancellationToken: cancellation);
        Row[] rows = [.. await _database.Read(connection => connection.QueryAsync<Row>(query), cancellation)];
        return new BooksPage(
            [.. rows.Select(static row => new BookEntry(new OrderId(row.OrderId), ToCharge(row).State))],
            rows.Length == limit ? rows[^1].OrderId.ToString(CultureInfo.InvariantCulture) : null);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    public void Dispose() => _database.Dispose();

    private Task<Row?> Read(OrderId order, CancellationToken cancellation)
    {
        var query = new CommandDefinition(
            $"select {Columns} from charges where order_id = @Order", new { Order = order.Value }, cancellationToken: cancellation);
        return _database.Read(connection => connection.QuerySingleOrDefaultAsync<Row>(query), cancellation);
    }

    private static Charge ToCharge(Row? row) =>
        row is null ? Charge.None : new Charge(Enum.Parse<ChargeState>(row.State), new Money(row.AmountWon), row.Reason) { Attempt = row.AttemptId };

    private sealed class Row
    {
        public long OrderId { get; init; }

        public long AmountWon { get; init; }

        public string State { get; init; } = "";

        public string Reason { get; init; } = "";

        public string AttemptId { get; init; } = "";

        public long MadeAt { get; init; }
    }
}
