using FoodDelivery.Platform.Storage;
using FoodDelivery.Stores;
using FoodDelivery.Stores.Ports;

namespace FoodDelivery.Adapters.Stores.Persistence;

/// <summary>The restorations in a relational database; what they keep belongs to their generation.</summary>
internal sealed class SqlTicketRestorations(IDatabase database) : ITicketRestorations
{
    private const string Table = "ticket_restorations";
    private readonly Generations _generations = new(database, Table);

    public Task<RebuildUnderWay> BeginRebuild(DateTimeOffset now, CancellationToken cancellation) => _generations.Begin(now, cancellation);

    public Task<RebuildUnderWay?> CurrentRebuild(CancellationToken cancellation) => _generations.BeingBuilt(cancellation);

    public async Task CompleteRebuild(RebuildUnderWay restoration, CancellationToken cancellation)
    {
        await _generations.DropOlder("published_ticket_changes", "order_id, version", restoration.Generation + 1, cancellation);
        await _generations.Serve(restoration.Generation, cancellation);
    }

    public Task Keep(TicketStatusChanged published, CancellationToken cancellation) => database.Write(
        new Batch().Add(
            $"""
            insert into published_ticket_changes (generation, order_id, version, store_id, status, reason, changed_at)
            select generation, @OrderId, @Version, @StoreId, @Status, @Reason, @ChangedAt from {Table} where serving = 0
            on conflict (generation, order_id, version) do nothing
            """,
            new
            {
                OrderId = published.Order.Value,
                published.Version,
                StoreId = published.Store.Value,
                Status = (int)published.Status,
                published.Reason,
                ChangedAt = published.At.ToUnixTimeMilliseconds(),
            }),
        cancellation);

    public async Task<IReadOnlyList<TicketStatusChanged>> Kept(OrderId order, CancellationToken cancellation)
    {
        var rows = await database.Query<ChangeRow>(
            $"""
            select version as Version, store_id as StoreId, status as Status, reason as Reason, changed_at as ChangedAt from published_ticket_changes
            where order_id = @OrderId and generation = (select generation from {Table} where serving = 0) order by version
            """,
            new { OrderId = order.Value },
            cancellation);
        return [.. rows.Select(row => row.Change(order))];
    }

    private sealed class ChangeRow
    {
        public long Version { get; init; }

        public long StoreId { get; init; }

        public int Status { get; init; }

        public string Reason { get; init; } = "";

        public long ChangedAt { get; init; }

        public TicketStatusChanged Change(OrderId order) => new(
            order, new StoreId(StoreId), (TicketStatus)Status, Version, Reason, DateTimeOffset.FromUnixTimeMilliseconds(ChangedAt), Delivery: null);
    }
}
