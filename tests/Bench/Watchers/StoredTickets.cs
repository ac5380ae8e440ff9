using Dapper;
using Microsoft.Data.Sqlite;

namespace FoodDelivery.Tests.Bench.Watchers;

/// <summary>Tickets that are there already, as many as a store has after years.</summary>
internal static class StoredTickets
{
    // No order of the drill comes so far.
    private const long First = 1_000_000_000;

    public static async Task Add(string file, int store, int count)
    {
        await using var database = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, DefaultTimeout = 60 }.ToString());
        await database.OpenAsync();
        await using var transaction = await database.BeginTransactionAsync();
        await database.ExecuteAsync(
            """
            with recursive numbers(n) as (select 0 union all select n + 1 from numbers where n + 1 < @Count)
            insert into ticket_changes (order_id, store_id, version, status, reason, changed_at) select @First + n, @Store, 1, 1, '', 0 from numbers
            """,
            new { First, Store = store, Count = count },
            transaction);
        await database.ExecuteAsync(
            """
            insert into tickets (order_id, store_id, lines, address, status, ended, version, reason, opened_at, changed_at, position)
            select order_id, store_id, '[{"item":"chicken","quantity":1,"price":18000}]', '서울시 마포구 1', 1, 0, 1, '', 0, 0, position
            from ticket_changes where order_id >= @First
            """,
            new { First },
            transaction);
        await transaction.CommitAsync();
    }
}
