using Dapper;
using FoodDelivery.Platform.Storage;
using FoodDelivery.Stores;
using FoodDelivery.Stores.Ports;

namespace FoodDelivery.Adapters.Stores.Persistence;

/// <summary>The stores in a relational database.</summary>
internal sealed class SqlStores(IDatabase database) : IStores
{
    private const string Columns = "store_id as StoreId, name as Name, kind as Kind, cancellation_rule as CancellationRule";

    public async Task<Store?> Find(StoreId store, CancellationToken cancellation) =>
        (await database.Query<StoreRow>($"select {Columns} from stores where store_id = @StoreId", new { StoreId = store.Value }, cancellation)).SingleOrDefault()?.Store();

    public async Task<IReadOnlyList<Store>> List(StoreId? after, long skip, int limit, CancellationToken cancellation)
    {
        var rows = await database.Read(
            connection => connection.QueryAsync<StoreRow>(new CommandDefinition(
                $"select {Columns} from stores where store_id > @After order by store_id limit @Limit offset @Skip",
                new { After = after?.Value ?? 0, Limit = limit, Skip = skip },
                cancellationToken: cancellation)),
            cancellation);
        return [.. rows.Select(static row => row.Store())];
    }

    public Task<int> Count(int cap, CancellationToken cancellation) => database.Read(
        connection => connection.QuerySingleAsync<int>(new CommandDefinition(
            "select count(*) from (select 1 from stores limit @Cap) counted", new { Cap = cap }, cancellationToken: cancellation)),
        cancellation);

    public Task Add(Store store, CancellationToken cancellation) => database.Write(
        new Batch().Add(
            """
            insert into stores (store_id, name, kind, cancellation_rule) values (@StoreId, @Name, @Kind, @CancellationRule)
            on conflict (store_id) do nothing
            """,
            new { StoreId = store.Id.Value, store.Name, Kind = (int)store.Kind, CancellationRule = (int)store.CancellationRule }),
        cancellation);

    private sealed class StoreRow
    {
        public long StoreId { get; init; }

        public string Name { get; init; } = "";

        public int Kind { get; init; }

        public int CancellationRule { get; init; }

        public Store Store() => new(new StoreId(StoreId), Name, (StoreKind)Kind, (CancellationRule)CancellationRule);
    }
}
