using Dapper;
using Microsoft.Data.Sqlite;

namespace FoodDelivery.Platform.Storage.Sqlite.Opening;

/// <summary>Opens connections to one file.</summary>
internal sealed class ConnectionFactory(string path, SqliteOptions options)
{
    static ConnectionFactory() => DefaultTypeMap.MatchNamesWithUnderscores = true;

    /// <summary>The writer: it waits for other processes by its own means, hence no time-out of SQLite's.</summary>
    public SqliteConnection Writer()
    {
        var synchronous = options.Durability == Durability.PowerLoss ? "full" : "off";
        return Open($"pragma journal_mode = wal; pragma synchronous = {synchronous}; pragma foreign_keys = on; pragma busy_timeout = 0");
    }

    /// <summary>A reader: in WAL mode it waits for nobody, but for the rare moment in which another process recovers the file.</summary>
    public SqliteConnection Reader() => Open("pragma query_only = on; pragma busy_timeout = 1000");

    private SqliteConnection Open(string pragmas)
    {
        var settings = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Pooling = false,
            DefaultTimeout = (int)Math.Ceiling(options.BusyTimeout.TotalSeconds),
        };
        var connection = new SqliteConnection(settings.ToString());
        try
        {
            connection.Open();
            connection.Execute($"pragma busy_timeout = {(int)options.BusyTimeout.TotalMilliseconds}");
            connection.Execute(pragmas);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
