using System.Text.Json;
using Dapper;
using FoodDelivery.Customers;
using FoodDelivery.Customers.Ports;
using FoodDelivery.Platform.Storage;

namespace FoodDelivery.Adapters.Customers.Persistence;

/// <summary>The view in a relational database: a row for each order and generation.</summary>
internal sealed class SqlOrderStatuses(IDatabase database) : IOrderStatuses
{
    private const string Serving = "generation = (select generation from order_status_generations where serving = 1)";

    private const string Upsert =
        """
        insert into order_statuses (generation, order_id, store_id, customer_id, total, payment_id, lines, history, revision, delivery_fee, discount)
        values (@Generation, @OrderId, @StoreId, @CustomerId, @Total, @PaymentId, @Lines, @History, @Revision, @DeliveryFee, @Discount)
        on conflict (generation, order_id) do update
        set store_id = excluded.store_id, customer_id = excluded.customer_id, total = excluded.total, payment_id = excluded.payment_id,
            lines = excluded.lines, history = excluded.history, revision = excluded.revision,
            delivery_fee = excluded.delivery_fee, discount = excluded.discount
        where order_statuses.revision = excluded.revision - 1
        """;

    private const string Known =
        """
        select generations.generation, statuses.order_id, statuses.store_id, statuses.customer_id, statuses.total, statuses.payment_id,
            statuses.lines, statuses.history, statuses.revision, statuses.delivery_fee, statuses.discount
        from order_status_generations generations
        left join order_statuses statuses on statuses.generation = generations.generation and statuses.order_id = @OrderId
        """;

    // Each is a parameter by a name, which costs more the more there are.
    private const int OrdersAtOnce = 100;

    private readonly Generations _generations = new(database, "order_status_generations");

    public async Task<OrderStatusView?> Find(OrderId order, CancellationToken cancellation)
    {
        const string sql = $"select * from order_statuses where {Serving} and order_id = @OrderId";
        return (await database.Query<OrderStatusRow>(sql, new { OrderId = order.Value }, cancellation)).SingleOrDefault()?.View();
    }

    public async Task<IReadOnlyDictionary<OrderId, long>> Revisions(IReadOnlyCollection<OrderId> orders, CancellationToken cancellation)
    {
        var revisions = new Dictionary<OrderId, long>();
        foreach (var some in orders.Chunk(OrdersAtOnce))
        {
            var parameters = new DynamicParameters();
            foreach (var (number, order) in some.Index())
                parameters.Add($"Order{number}", order.Value);

            var sql = $"select order_id, revision from order_statuses where {Serving} and order_id in ({string.Join(", ", parameters.ParameterNames.Select(static name => $"@{name}"))})";
            var rows = await database.Read(connection => connection.QueryAsync<(long Order, long Revision)>(Command(sql, parameters, cancellation)), cancellation);
            foreach (var (order, revision) in rows)
                revisions[new OrderId(order)] = revision;
        }

        return revisions;
    }

    public async Task<IReadOnlyList<OrderStatusView>> Newest(string? customerId, OrderId? before, int atMost, CancellationToken cancellation)
    {
        var sql = $"select * from order_statuses where {Serving}{OfCustomer(customerId)}{(before is null ? "" : " and order_id < @Before")} order by order_id desc limit @AtMost";
        var rows = await database.Read(
            connection => connection.QueryAsync<OrderStatusRow>(Command(sql, new { CustomerId = customerId, Before = before?.Value, AtMost = atMost }, cancellation)), cancellation);
        return Views(rows);
    }

    public Task<Listed<OrderStatusView>> Page(string? customerId, long page, int size, SortDirection direction, CancellationToken cancellation)
    {
        var which = $"{Serving}{OfCustomer(customerId)}";
        var items = $"select * from order_statuses where {which} order by order_id {direction.ToSql()} limit @Size offset @Offset";
        var count = $"select count(*) from (select 1 from order_statuses where {which} limit @Most) counted";
        return database.Read(
            async connection =>
            {
                var rows = await connection.QueryAsync<OrderStatusRow>(Command(items, new { CustomerId = customerId, Size = size, Offset = page * size }, cancellation));
                var counted = await connection.QuerySingleAsync<long>(
                    Command(count, new { CustomerId = customerId, Most = Listed.MaxCounted + 1 }, cancellation));
                return Listed.Of(Views(rows), counted);
            },
            cancellation);
    }

    public Task Apply(OrderStatusChanged changed, CancellationToken cancellation) => Concurrency.RetryOnConflict(async () =>
    {
        var rows = await database.Query<OrderStatusRow>(Known, new { OrderId = changed.OrderId.Value }, cancellation);
        var batch = new Batch();
        foreach (var row in rows)
        {
            var before = row.View();
            var after = before?.After(changed) ?? OrderStatusView.Of(changed);
            if (!ReferenceEquals(before, after))
                batch.Require(Upsert, OrderStatusRow.Of(row.Generation, after));
        }

        if (batch.Statements.Count > 0)
            (await database.Write(batch, cancellation)).ThrowIfStale($"The view of order {changed.OrderId}");
        return Unit.Value;
    });

    public Task EraseTexts(OrderId order, CancellationToken cancellation) => Concurrency.RetryOnConflict(async () =>
    {
        var batch = new Batch().Erasing();
        foreach (var row in await database.Query<OrderStatusRow>(Known, new { OrderId = order.Value }, cancellation))
        {
            if (row.View() is { } view)
            {
                batch.Require(
                    "update order_statuses set history = @History where generation = @Generation and order_id = @OrderId and revision = @Revision",
                    OrderStatusRow.Of(row.Generation, view.Erased()));
            }
        }

        if (batch.Statements.Count > 0)
            (await database.Write(batch, cancellation)).ThrowIfStale($"The view of order {order}");
        return Unit.Value;
    });

    public Task<RebuildUnderWay> BeginRebuild(DateTimeOffset now, CancellationToken cancellation) => _generations.Begin(now, cancellation);

    public Task<RebuildUnderWay?> CurrentRebuild(CancellationToken cancellation) => _generations.BeingBuilt(cancellation);

    public async Task CompleteRebuild(RebuildUnderWay rebuild, CancellationToken cancellation)
    {
        await _generations.Serve(rebuild.Generation, cancellation);
        await _generations.DropOlder("order_statuses", "order_id", rebuild.Generation, cancellation);
    }

    private static string OfCustomer(string? customerId) => customerId is null ? "" : " and customer_id = @CustomerId";

    private static IReadOnlyList<OrderStatusView> Views(IEnumerable<OrderStatusRow> rows) => [.. rows.Select(static row => row.View()!)];

    private static CommandDefinition Command(string sql, object? parameters, CancellationToken cancellation) =>
        new(sql, parameters, cancellationToken: cancellation);
}

/// <summary>An order of the view as its table has it. All but the generation is null where an outer join found none.</summary>
internal sealed class OrderStatusRow
{
    public long Generation { get; set; }

    public long? OrderId { get; set; }

    public long StoreId { get; set; }

    public string CustomerId { get; set; } = "";

    public long Total { get; set; }

    public long PaymentId { get; set; }

    public string Lines { get; set; } = "[]";

    public string History { get; set; } = "[]";

    public long Revision { get; set; }

    public long DeliveryFee { get; set; }

    public long Discount { get; set; }

    public static OrderStatusRow Of(long generation, OrderStatusView view) => new()
    {
        Generation = generation,
        OrderId = view.OrderId.Value,
        StoreId = view.StoreId.Value,
        CustomerId = view.CustomerId,
        Total = view.Total.Won,
        PaymentId = view.PaymentId,
        Lines = JsonSerializer.Serialize(view.Lines.Select(StoredLine.Of), StoredJson.Readable.IEnumerableStoredLine),
        History = JsonSerializer.Serialize(view.History.Select(StoredChange.Of), StoredJson.Readable.IEnumerableStoredChange),
        Revision = view.History.Count,
        DeliveryFee = view.DeliveryFee.Won,
        Discount = view.Discount.Won,
    };

    public OrderStatusView? View() => OrderId is not { } order ? null : new OrderStatusView(
        new OrderId(order),
        new StoreId(StoreId),
        CustomerId,
        [.. JsonSerializer.Deserialize(Lines, StoredJson.Readable.IEnumerableStoredLine)!.Select(static line => line.Line())],
        new Money(Total),
        PaymentId,
        [.. JsonSerializer.Deserialize(History, StoredJson.Readable.IEnumerableStoredChange)!.Select(static change => change.Change())])
    {
        DeliveryFee = new Money(DeliveryFee), Discount = new Money(Discount),
    };
}
