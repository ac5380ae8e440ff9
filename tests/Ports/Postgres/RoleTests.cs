using System.Diagnostics;
using System.Text.RegularExpressions;
using FoodDelivery.Adapters.Ordering;
using FoodDelivery.Kernel;
using FoodDelivery.Ordering;
using FoodDelivery.Ordering.Ports;
using FoodDelivery.Platform.Messaging.Embedded;
using FoodDelivery.Platform.Storage;
using FoodDelivery.Platform.Storage.Postgres;
using FoodDelivery.Platform.Storage.Sqlite;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Postgres;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace FoodDelivery.Tests.Ports.Postgres;

/// <summary>The databases and roles that PostgreSQL's container makes: each service is at home in its own database, and in no other.</summary>
[NeedsPostgres]
[Collection(nameof(PostgresRoles))]
public sealed class RoleTests : IAsyncLifetime, IDisposable
{
    private static readonly string Compose = Path.Combine(Checkout.Root, "deploy", "compose");
    private static readonly string[] Names =
    [
        .. Regex.Matches(File.ReadAllText(Path.Combine(Compose, "compose.yaml")), @"Username=food_(?<role>\w+);", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)
            .Select(static match => match.Groups["role"].Value),
    ];

    private readonly DataFolder _data = new();
    private PostgresCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await PostgresCluster.Running();

    public async Task DisposeAsync()
    {
        foreach (var name in Names)
        {
            await Ask($"drop database if exists food_{name} with (force)");
            await Ask($"drop role if exists food_{name}");
        }

        // What the script takes from everybody is the whole server's.
        await Ask("grant connect, temporary on database postgres to public");
        await Ask("grant connect on database template1 to public");
    }

    public void Dispose() => _data.Dispose();

    [SuiteFact]
    public async Task A_role_owns_its_database_and_can_connect_to_no_other()
    {
        Assert.Superset(new HashSet<string>(["ordering", "payment", "store", "customer"], StringComparer.Ordinal), Names.ToHashSet(StringComparer.Ordinal));
        await MakeDatabases();
        await MakeDatabases();

        foreach (var name in Names)
        {
            Assert.Equal(name, await As(name, name, $"select '{name}'"));
            foreach (var other in Names.Select(static other => $"food_{other}").Append("postgres").Append("template1").Where(other => other != $"food_{name}"))
            {
                var refused = await Assert.ThrowsAsync<PostgresException>(() => AskAs(name, other, "select 1"));
                Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
            }

            Assert.Equal("off", await As(name, name, "select current_setting('is_superuser')"));
            await Assert.ThrowsAsync<PostgresException>(() => As(name, name, "create database another"));
            await Assert.ThrowsAsync<PostgresException>(() => As(name, name, "create role another"));
        }
    }

    [SuiteFact]
    public async Task A_service_migrates_and_works_with_its_role()
    {
        await MakeDatabases();

        await using var services = Ordering(Role("ordering", "food_{name}"));
        await services.GetRequiredService<IOpenedDatabase>().Opened;

        Assert.Equal(1, (await Open(services)).Id.Value);
        Assert.Equal("food_ordering", await As("ordering", "ordering", "select tableowner::text from pg_tables where tablename = 'attempts'"));
    }

    [SuiteFact]
    public async Task A_database_of_before_is_handed_over_with_what_is_in_it()
    {
        await using (var before = Ordering(_cluster.ConnectionString("food_{name}")))
        {
            await before.GetRequiredService<IOpenedDatabase>().Opened;
            Assert.Equal(1, (await Open(before)).Id.Value);
        }

        await MakeDatabases();

        await using var services = Ordering(Role("ordering", "food_{name}"));
        await services.GetRequiredService<IOpenedDatabase>().Opened;
        Assert.Equal(2, (await Open(services)).Id.Value);
        Assert.Equal("0", await As(
            "ordering", "ordering", "select count(*)::text from pg_class where relnamespace = 'public'::regnamespace and relowner <> 'food_ordering'::regrole"));
        await As("ordering", "ordering", "alter table attempts add column later text");
    }

    private static Task<OrderAttempt> Open(ServiceProvider services) => services.GetRequiredService<IAttempts>().Open(
        new AttemptRequest(
            Key: null, "print", new OrderDetails(new StoreId(1), "kim", [new OrderLine("chicken", 1, new Money(18_000), 1)], "", ""), DateTimeOffset.UnixEpoch),
        default);

    private ServiceProvider Ordering(string connectionString)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = Environments.Development });
        builder.Configuration.AddInMemoryCollection(
        [
            new("Data:Directory", _data.Path),
            new("Storage:Provider", "Postgres"),
            new("Storage:ConnectionString", connectionString),
            new("Pay:Addresses", "http://localhost:1"),
        ]);
        builder.Services.AddSqlite().AddPostgres().AddEmbeddedLog();
        builder.AddOrdering();
        return builder.Services.BuildServiceProvider();
    }

    private async Task MakeDatabases()
    {
        var super = new NpgsqlConnectionStringBuilder(_cluster.ConnectionString("postgres"));
        var start = new ProcessStartInfo("/bin/bash", [Path.Combine(Compose, "databases")]) { RedirectStandardError = true, UseShellExecute = false };
        start.Environment["PATH"] = $"{_cluster.Programs}:{start.Environment["PATH"]}";
        start.Environment["DATABASE_SQL"] = Path.Combine(Compose, "database.sql");
        start.Environment["PGHOST"] = super.Host;
        start.Environment["PGPORT"] = $"{super.Port}";
        start.Environment["PGPASSWORD"] = super.Password;
        foreach (var name in Names)
            start.Environment[$"{name.ToUpperInvariant()}_DB_PASSWORD"] = Password(name);

        using var making = Process.Start(start)!;
        var errors = await making.StandardError.ReadToEndAsync();
        await making.WaitForExitAsync();
        Assert.True(making.ExitCode == 0, errors);
    }

    // With what a password may have in it.
    private static string Password(string name) => $"it's \"{name}\"\\";

    private string Role(string name, string database) => new NpgsqlConnectionStringBuilder(_cluster.ConnectionString(database))
    {
        Username = $"food_{name}", Password = Password(name), Pooling = false,
    }.ToString();

    private Task<string?> As(string role, string name, string sql) => AskAs(role, $"food_{name}", sql);

    private async Task<string?> AskAs(string role, string database, string sql)
    {
        await using var connection = new NpgsqlConnection(Role(role, database));
        await connection.OpenAsync();
        return await Dapper.SqlMapper.ExecuteScalarAsync<string>(connection, sql);
    }

    private async Task Ask(string sql)
    {
        await using var connection = new NpgsqlConnection(_cluster.ConnectionString("postgres") + ";Pooling=false");
        await connection.OpenAsync();
        await Dapper.SqlMapper.ExecuteAsync(connection, sql);
    }
}

/// <summary>Tests of what a server's roles may: one of them takes rights from all.</summary>
[CollectionDefinition(nameof(PostgresRoles))]
public sealed class PostgresRoles;
