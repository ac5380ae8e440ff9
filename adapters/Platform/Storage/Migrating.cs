using System.Data.Common;
using Dapper;

namespace FoodDelivery.Platform.Storage;

/// <summary>Brings a schema up to date.</summary>
public static class Migrating
{
    private const string Table =
        """
        create table if not exists migrations (
            owner text not null,
            number bigint not null,
            name text not null,
            applied_at bigint not null,
            primary key (owner, number))
        """;

    /// <summary>
    /// Applies what has not been applied yet and remembers it. The caller holds a transaction that keeps every other process from doing
    /// the same, and commits it: so each migration happens once, whoever starts at the same time, and a crash leaves none half done.
    /// </summary>
    /// <returns>How many were applied.</returns>
    public static int Apply(DbConnection connection, DbTransaction? transaction, IEnumerable<Migration> migrations, TimeProvider clock)
    {
        connection.Execute(Table, transaction: transaction);
        var applied = connection.Query<(string Owner, long Number)>("select owner, number from migrations", transaction: transaction).ToHashSet();
        var count = 0;
        foreach (var migration in migrations)
        {
            if (applied.Add((migration.Owner, migration.Number)))
            {
                connection.Execute(migration.Sql, transaction: transaction);
                connection.Execute(
                    "insert into migrations (owner, number, name, applied_at) values (@Owner, @Number, @Name, @AppliedAt)",
                    new { migration.Owner, migration.Number, migration.Name, AppliedAt = clock.GetUtcNow().ToUnixTimeMilliseconds() },
                    transaction);
                count++;
            }
        }

        return count;
    }
}
