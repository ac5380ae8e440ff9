using System.Diagnostics.CodeAnalysis;
using Npgsql;

namespace FoodDelivery.Platform.Storage.Postgres;

/// <summary>Makes a database ready for its service: there, and with an up-to-date schema. Replicas may do so at the same time.</summary>
internal sealed class DatabaseInitializer(NpgsqlDataSource source, string connectionString, IReadOnlyList<Migration> migrations, TimeProvider clock)
{
    // Any number, as long as nobody else locks it in this database.
    private const long MigrationLock = 4_703_190_551;

    private const string Shared = "select exists (select 1 from pg_prepared_statements where statement = $1 and starts_with(name, '_p'))";

    // The server plans for thousands of rows in a table that it has not counted yet, and the plans of prepared statements are kept: what is joined
    // with a table that a migration has given its single row would be read from end to end for each event, the more the longer.
    private const string Count =
        """
        do $$
        declare
            owned text;
            filled boolean;
        begin
            for owned in select quote_ident(tablename) from pg_tables where schemaname = current_schema() loop
                execute 'select exists (select 1 from ' || owned || ')' into filled;
                if filled then
                    execute 'analyze ' || owned;
                end if;
            end loop;
        end
        $$
        """;

    public async Task Run()
    {
        try
        {
            await using var connection = await source.OpenConnectionAsync();
        }
        catch (PostgresException missing) when (missing.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            await Create();
        }

        await RequireKnownStatements();

        // Migrations wait for each other and for the disk without awaiting, hence a thread of their own.
        await Task.Factory.StartNew(Migrate, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Text is UTF-8 and compares by its bytes, as it does in SQLite, whatever language the server speaks.</summary>
    [SuppressMessage("Security", "CA2100", Justification = "A name cannot be a parameter; it is quoted.")]
    private async Task Create()
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        var name = settings.Database!;
        settings.Database = "postgres";
        settings.Pooling = false;
        await using var connection = new NpgsqlConnection(settings.ToString());
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"create database \"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\" template template0 encoding 'UTF8' locale 'C'";
        try
        {
            await command.ExecuteNonQueryAsync();
        }
        catch (PostgresException exists) when (exists.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // Another replica was quicker.
        }
    }

    /// <summary>
    /// A pooler that lends the server's sessions by transaction lends them with what others have prepared there, unless it knows of prepared statements and
    /// names them itself. Then statements fail now and then: their names are taken, or mean nothing in the session that is lent next.
    /// </summary>
    [SuppressMessage("Security", "CA2100", Justification = "The text is a constant and a number of our own.")]
    private async Task RequireKnownStatements()
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false };
        if (settings.MaxAutoPrepare == 0)
            return;

        await using var one = new NpgsqlConnection(settings.ToString());
        await one.OpenAsync();
        await using var prepared = new NpgsqlCommand($"select 1 /* {Guid.NewGuid()} */", one);
        await using var another = new NpgsqlConnection(settings.ToString());
        await another.OpenAsync();
        await using var asked = new NpgsqlCommand(Shared, another) { Parameters = { new() { Value = prepared.CommandText } } };
        try
        {
            await prepared.PrepareAsync();
            if (await asked.ExecuteScalarAsync() is not true)
                return;

            await prepared.UnprepareAsync();
        }
        catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.DuplicatePreparedStatement)
        {
            // Another service's, left in a session that is ours now.
        }

        throw new InvalidOperationException(
            "a pooler lends its sessions by transaction and knows nothing of prepared statements; add 'Max Auto Prepare=0' to Storage:ConnectionString");
    }

    private void Migrate()
    {
        using var connection = source.OpenConnection();
        using var transaction = connection.BeginTransaction();
        using (var mine = new NpgsqlCommand("select pg_advisory_xact_lock($1)", connection, transaction) { Parameters = { new() { Value = MigrationLock } } })
        {
            mine.ExecuteNonQuery();
        }

        if (Migrator.Apply(connection, transaction, migrations, clock) > 0)
        {
            using var count = new NpgsqlCommand(Count, connection, transaction);
            count.ExecuteNonQuery();
        }

        transaction.Commit();
    }
}
