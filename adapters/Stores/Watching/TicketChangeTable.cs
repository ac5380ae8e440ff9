using Dapper;
using FoodDelivery.Adapters.Stores.Persistence;
using FoodDelivery.Platform.Storage;
using FoodDelivery.Stores.Ports;

namespace FoodDelivery.Adapters.Stores.Watching;

/// <summary>The changes as they are stored, by position.</summary>
internal sealed class TicketChangeTable(IDatabase database)
{
    /// <summary>The highest position that can be seen; 0 without any.</summary>
    public Task<long> End(CancellationToken cancellation) => database.Read(
        connection => connection.QuerySingleAsync<long>(
            new CommandDefinition("select coalesce(max(position), 0) from ticket_changes", cancellationToken: cancellation)),
        cancellation);

    public Task<IReadOnlyList<long>> PositionsAfter(long position, int limit, CancellationToken cancellation) => Query<long>(
        "select position from ticket_changes where position > @After order by position limit @Limit",
        new { After = position, Limit = limit },
        cancellation);

    public Task<IReadOnlyList<TicketChange>> After(long position, int limit, CancellationToken cancellation) =>
        Between(new TicketSelection(null, null), position, long.MaxValue, limit, cancellation);

    /// <summary>Changes of the selected tickets, those after one position and up to another.</summary>
    public Task<IReadOnlyList<TicketChange>> Between(
        TicketSelection selection, long after, long until, int limit, CancellationToken cancellation) => Changes(
        $"""
        select {TicketRow.AsOfChange} from ticket_changes c join tickets t on t.order_id = c.order_id
        where c.position > @After and c.position <= @Until{Where(selection, "c.")}
        order by c.position limit @Limit
        """,
        selection, after, until, limit, cancellation);

    /// <summary>The selected tickets as they are, by the position of their latest change: those that have not ended, or the one that is selected.</summary>
    public Task<IReadOnlyList<TicketChange>> Current(
        TicketSelection selection, long after, long until, int limit, CancellationToken cancellation) => Changes(
        $"""
        select {TicketRow.Now} from tickets
        where position > @After and position <= @Until{(selection.Order is null || selection.OpenOnly ? " and ended = 0" : "")}{Where(selection, "")}
        order by position limit @Limit
        """,
        selection, after, until, limit, cancellation);

    /// <summary>Whether the order's ticket had ended by that position.</summary>
    public async Task<bool> HasEnded(OrderId order, long position, CancellationToken cancellation) => (await Query<long>(
        "select position from tickets where order_id = @OrderId and ended = 1 and position <= @Position",
        new { OrderId = order.Value, Position = position },
        cancellation)).Count > 0;

    private static string Where(TicketSelection selection, string table) =>
        (selection.Store is null ? "" : $" and {table}store_id = @StoreId") + (selection.Order is null ? "" : $" and {table}order_id = @OrderId");

    private async Task<IReadOnlyList<TicketChange>> Changes(
        string sql, TicketSelection selection, long after, long until, int limit, CancellationToken cancellation)
    {
        var parameters = new
        {
            After = after, Until = until, Limit = limit, StoreId = selection.Store?.Value ?? 0, OrderId = selection.Order?.Value ?? 0,
        };
        var rows = await Query<TicketRow>(sql, parameters, cancellation);
        return [.. rows.Select(static row => row.Change())];
    }

    private async Task<IReadOnlyList<T>> Query<T>(string sql, object parameters, CancellationToken cancellation) => [.. await database.Read(
        connection => connection.QueryAsync<T>(new CommandDefinition(sql, parameters, cancellationToken: cancellation)), cancellation)];
}
