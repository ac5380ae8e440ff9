using Dapper;
using FoodDelivery.Adapters.Stores.Messaging;
using FoodDelivery.Adapters.Stores.Watching;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Storage;
using FoodDelivery.Stores;
using FoodDelivery.Stores.Ports;

namespace FoodDelivery.Adapters.Stores.Persistence;

/// <summary>The tickets in a relational database.</summary>
internal sealed class SqlTickets(IDatabase database, Outbox outbox, TicketChangePoller poller) : ITickets
{
    private const string ByOrder = $"select {TicketRow.Now} from tickets where order_id = @OrderId";

    private const string ByRequest =
        $"""
        select {TicketRow.AsOfChange}
        from accepted_requests r
        join ticket_changes c on c.order_id = r.order_id and c.version = r.version
        join tickets t on t.order_id = r.order_id
        where r.caller = @Caller and r.key = @Key
        """;

    public Task<Ticket?> Find(OrderId order, CancellationToken cancellation) => First(ByOrder, new { OrderId = order.Value }, cancellation);

    public Task<Ticket?> AcceptedUnder(IdempotencyKey key, CancellationToken cancellation) =>
        First(ByRequest, new { key.Caller, Key = key.Value }, cancellation);

    public async Task<IReadOnlyList<Ticket>> List(
        IReadOnlyList<StoreId> stores, OrderId? before, long skip, int limit, SortDirection direction, CancellationToken cancellation)
    {
        var parameters = Parameters(stores, new { Before = before?.Value ?? long.MaxValue, Limit = limit, Skip = skip });
        var sql =
            $"""
            select {TicketRow.Now} from tickets
            where order_id < @Before{Of(stores)} order by order_id {direction.ToSql()} limit @Limit offset @Skip
            """;
        var rows = await database.Read(
            connection => connection.QueryAsync<TicketRow>(new CommandDefinition(sql, parameters, cancellationToken: cancellation)),
            cancellation);
        return [.. rows.Select(static row => row.Ticket())];
    }

    public Task<int> Count(IReadOnlyList<StoreId> stores, int cap, CancellationToken cancellation) => database.Read(
        connection => connection.QuerySingleAsync<int>(new CommandDefinition(
            $"select count(*) from (select 1 from tickets where 1 = 1{Of(stores)} limit @Cap) counted",
            Parameters(stores, new { Cap = cap }),
            cancellationToken: cancellation)),
        cancellation);

    public async Task<IReadOnlyList<OrderId>> Unanswered(DateTimeOffset now, int limit, CancellationToken cancellation)
    {
        var orders = await database.Read(
            connection => connection.QueryAsync<long>(new CommandDefinition(
                """
                select t.order_id from stores s
                join tickets t on t.store_id = s.store_id and t.status = 1 and t.opened_at < @Now - s.answer_within * 60000
                where s.answer_within > 0 limit @Limit
                """,
                new { Now = now.ToUnixTimeMilliseconds(), Limit = limit },
                cancellationToken: cancellation)),
            cancellation);
        return [.. orders.Select(static order => new OrderId(order))];
    }

    public async Task Save(Ticket ticket, MessageContext context, CancellationToken cancellation)
    {
        var batch = new Batch().Once(context).Save(ticket);
        outbox.Enqueue(batch, context, ticket.Raised.ToPublished());
        batch.OnCommitted(poller.Wake);
        (await database.Write(batch, cancellation)).ThrowIfStale($"The ticket of order {ticket.Order}");
    }

    public async Task SaveUnpublished(Ticket ticket, CancellationToken cancellation)
    {
        var batch = new Batch().Save(ticket).OnCommitted(poller.Wake);
        (await database.Write(batch, cancellation)).ThrowIfStale($"The ticket of order {ticket.Order}");
    }

    public Task EraseTexts(OrderId order, CancellationToken cancellation)
    {
        var erased = new { OrderId = order.Value, ErasedText.Word };
        return database.Write(
            new Batch().Erasing()
                .Add("update tickets set address = @Word where order_id = @OrderId and address <> ''", erased)
                .Add("update tickets set reason = @Word where order_id = @OrderId and reason <> ''", erased)
                .Add("update ticket_changes set reason = @Word where order_id = @OrderId and reason <> ''", erased),
            cancellation);
    }

    private static string Of(IReadOnlyList<StoreId> stores) =>
        stores.Count == 0 ? "" : $" and store_id in ({string.Join(", ", stores.Select(static (_, number) => $"@Store{number}"))})";

    // One by one: a list as a parameter is an array to PostgreSQL alone.
    private static DynamicParameters Parameters(IReadOnlyList<StoreId> stores, object others)
    {
        var parameters = new DynamicParameters(others);
        for (var number = 0; number < stores.Count; number++)
            parameters.Add($"Store{number}", stores[number].Value);

        return parameters;
    }

    private async Task<Ticket?> First(string sql, object parameters, CancellationToken cancellation) =>
        (await database.Query<TicketRow>(sql, parameters, cancellation)).SingleOrDefault()?.Ticket();
}
