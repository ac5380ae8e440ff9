using FoodDelivery.Tests.Support.Postgres;
using Npgsql;

namespace FoodDelivery.Tests.Ports.Postgres;

/// <summary>The databases of one test on the server that all tests share; gone with it.</summary>
public sealed class PostgresPlace : IAsyncDisposable
{
    private readonly string _prefix = $"test_{Guid.NewGuid():N}_";
    private readonly PostgresCluster _cluster;

    private PostgresPlace(PostgresCluster cluster) => _cluster = cluster;

    /// <summary>The setting that leads there.</summary>
    public string Template => _cluster.ConnectionString($"{_prefix}{{name}}");

    public int Port => _cluster.Port;

    public static async Task<PostgresPlace> Make() => new(await PostgresCluster.Running());

    public string ConnectionString(string name) => _cluster.ConnectionString(_prefix + name);

    public string ConnectionString(string name, int port) => _cluster.ConnectionString(_prefix + name, port);

    /// <summary>Asks the server past all adapters.</summary>
    public async Task<T?> Ask<T>(string sql, string database = "postgres")
    {
        await using var connection = new NpgsqlConnection(database is "postgres" ? _cluster.ConnectionString(database) : ConnectionString(database));
        await connection.OpenAsync();
        return await Dapper.SqlMapper.ExecuteScalarAsync<T>(connection, sql);
    }

    public async ValueTask DisposeAsync()
    {
        await using var connection = new NpgsqlConnection(_cluster.ConnectionString("postgres") + ";Pooling=false");
        await connection.OpenAsync();
        var mine = await Dapper.SqlMapper.QueryAsync<string>(connection, "select datname from pg_database where starts_with(datname, @Prefix)", new { Prefix = _prefix });
        foreach (var database in mine)
            await Dapper.SqlMapper.ExecuteAsync(connection, $"drop database \"{database}\" with (force)");
    }
}
