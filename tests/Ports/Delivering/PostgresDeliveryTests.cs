using Dapper;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Messaging.Embedded;
using FoodDelivery.Platform.Storage;
using FoodDelivery.Platform.Storage.Postgres;
using FoodDelivery.Platform.Storage.Sqlite;
using FoodDelivery.Tests.Ports.Postgres;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Xunit.Abstractions;

namespace FoodDelivery.Tests.Ports.Delivering;

/// <summary>Outbox, inbox and dead letters in PostgreSQL, beside the embedded log.</summary>
[NeedsPostgres]
public sealed class PostgresDeliveryTests(ITestOutputHelper output) : DeliverySuite, IDisposable
{
    private readonly DataFolder _folder = new();
    private PostgresPlace? _place;

    protected override ITestOutputHelper Output => output;

    public override async Task InitializeAsync() => _place = await PostgresPlace.Make();

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _place!.DisposeAsync();
    }

    public void Dispose() => _folder.Dispose();

    [PostgresFact]
    public async Task An_event_is_not_put_behind_a_letter_that_is_just_leaving()
    {
        Meet = static (_, happened) => happened.Version == 1 ? throw new InvalidOperationException("poison") : Task.CompletedTask;
        var sender = await Sender();
        var receiver = await Receiver();
        await sender.Send(key: 1, number: 1);
        await Support.Eventually.Holds(async () => Assert.Equal(1, await receiver.DeadLetters.Count(default)));

        // As a replay ends: it has handled the last letter and deletes it; the commit is still to come.
        await using var replay = new NpgsqlConnection(_place!.ConnectionString("Receiver"));
        await replay.OpenAsync();
        await using var leaving = await replay.BeginTransactionAsync();
        await replay.ExecuteAsync("delete from dead_letters");
        await sender.Send(key: 1, number: 2);
        await Support.Eventually.Holds(async () => Assert.Equal(
            1, await _place.Ask<long>("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'", "Receiver")));
        await leaving.CommitAsync();

        await Support.Eventually.Holds(async () => Assert.Equal(2, Assert.Single((await receiver.Effects())[1])));
        Assert.Equal(0, await receiver.DeadLetters.Count(default));
    }

    protected override void AddDatabase(IServiceCollection services, string name)
    {
        services.AddSingleton(provider => new PostgresDatabase(
            _place!.ConnectionString(name),
            new PostgresOptions(),
            [.. provider.GetServices<MigrationSource>(), new MigrationSource(name, typeof(PostgresDeliveryTests).Assembly, $"{name}.Migrations")],
            TimeProvider.System,
            provider.GetRequiredService<ILogger<PostgresDatabase>>()));
        services.AddSingleton<IDatabase>(static provider => provider.GetRequiredService<PostgresDatabase>());
    }

    protected override void AddLog(IServiceCollection services) => services.AddSingleton<IEventLog>(provider => new SqliteEventLog(
        Path.Combine(_folder.Path, "log.db"),
        new EmbeddedLogOptions { Lease = TimeSpan.FromSeconds(1), BatchSize = 8 },
        new SqliteOptions(),
        TimeProvider.System,
        provider.GetRequiredService<ILoggerFactory>()));
}
