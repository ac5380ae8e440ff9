using System.Diagnostics.CodeAnalysis;
using Dapper;
using Npgsql;

namespace FoodDelivery.Tests.Bench.Real;

/// <summary>Orders that nobody has placed: copies of the newest one, under numbers of their own, in every table that has a row for each order.</summary>
internal sealed class StoredOrders(Surroundings surroundings)
{
    private const int Patience = 1800;

    // The table, which of its rows is the newest, and what is not copied from it; a colon stands before a number that is counted on.
    private static readonly (string Database, string Table, string Newest, (string Column, string Value)[] Own)[] Tables =
    [
        ("ordering", "attempts", "id desc", [("id", ":order")]),
        ("ordering", "orders", "id desc", [("id", ":order")]),
        ("payment", "payments", "id desc", [("id", ":payment"), ("order_id", ":order")]),
        ("store", "tickets", "order_id desc", [("order_id", ":order"), ("position", ":position")]),
        ("store", "ticket_changes", "position desc", [("position", ":position"), ("order_id", ":order")]),
        ("customer", "order_statuses", "order_id desc", [("order_id", ":order")]),
        ("customer", "notifications", "id desc", [("id", ":notification"), ("order_id", ":order")]),
        ("store", "inbox", "event_id desc", [("event_id", "gen_random_uuid()::text")]),
        ("customer", "inbox", "event_id desc", [("event_id", "gen_random_uuid()::text")]),
    ];

    /// <summary>Adds what is missing to so many, and says how many there are then.</summary>
    public async Task<long> FillUpTo(int orders)
    {
        var before = await Number("ordering", "select count(*) from orders");
        var missing = orders - before;
        if (missing > 0)
        {
            var bases = new Dictionary<string, long>(StringComparer.Ordinal)
            {
                ["order"] = await Number("ordering", "select nextval(pg_get_serial_sequence('attempts', 'id'))"),
                ["payment"] = await Number("payment", "select last from payment_numbers"),
                ["position"] = await Number("store", "select max(position) from ticket_changes"),
                ["notification"] = await Number("customer", "select max(id) from notifications"),
            };
            foreach (var (database, table, newest, own) in Tables)
                await Copy(database, table, newest, own, bases, missing);

            await Run("ordering", $"select setval(pg_get_serial_sequence('attempts', 'id'), {bases["order"] + missing})");
            await Run("payment", $"update payment_numbers set last = last + {missing}");
            await Run("store", $"select setval(pg_get_serial_sequence('ticket_changes', 'position'), {bases["position"] + missing})");
            await Run("customer", $"select setval(pg_get_serial_sequence('notifications', 'id'), {bases["notification"] + missing})");
        }

        foreach (var database in Tables.Select(static table => table.Database).Distinct(StringComparer.Ordinal))
            await Run(database, "vacuum analyze");

        // A single word would be taken for a procedure's name.
        await Run("ordering", "checkpoint;");
        return Math.Max(orders, before);
    }

    private async Task Copy(
        string database, string table, string newest, (string Column, string Value)[] own, Dictionary<string, long> bases, long count)
    {
        await using var connection = new NpgsqlConnection(surroundings.Database(database));
        var columns = (await connection.QueryAsync<string>(
            "select column_name from information_schema.columns where table_schema = 'public' and table_name = @table order by ordinal_position", new { table })).AsList();
        var values = columns.Select(column =>
        {
            var value = own.FirstOrDefault(given => string.Equals(given.Column, column, StringComparison.Ordinal)).Value;
            return value is null ? $"newest.{column}" : value.StartsWith(':') ? $"{bases[value[1..]]} + n" : value;
        });
        await Run(
            database,
            $"""
            insert into {table} ({string.Join(", ", columns)})
            select {string.Join(", ", values)} from generate_series(1, {count}) n, (select * from {table} order by {newest} limit 1) newest
            """);
    }

    private async Task<long> Number(string database, string query)
    {
        await using var connection = new NpgsqlConnection(surroundings.Database(database));
        return await connection.ExecuteScalarAsync<long>(query);
    }

    [SuppressMessage("Security", "CA2100", Justification = "Names of our own tables, and numbers.")]
    private async Task Run(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(surroundings.Database(database));
        await connection.ExecuteAsync(sql, commandTimeout: Patience);
    }
}
