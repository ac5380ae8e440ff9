using System.Text.Json;
using Dapper;
using FoodDelivery.Adapters.Ordering;
using FoodDelivery.Adapters.Payments;
using FoodDelivery.Platform.Hosting;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Messaging.Kafka;
using FoodDelivery.Platform.Storage;
using FoodDelivery.Platform.Storage.Postgres;
using FoodDelivery.Tests.Support.Real;
using FoodDelivery.Tests.Support.Rest;
using Grpc.Net.Client;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace FoodDelivery.Tests.Bench.Real;

/// <summary>The product as it is at scale: each service a process of its own, on PostgreSQL, Kafka and Redis.</summary>
internal sealed class Surroundings : IAsyncDisposable
{
    // Bounds for customers on a busy machine would end what is to be measured.
    private static readonly string[] Settings =
    [
        "Logging:LogLevel:Default=Warning", "Order:Payments:TryTimeoutMilliseconds=10000", "Order:Payments:TotalTimeoutMilliseconds=15000", "Order:Payments:AtOnce=10000",
    ];

    private readonly RealPlatform _platform;
    private readonly Dictionary<string, string> _settings;
    private readonly Dictionary<string, GrpcChannel> _channels = new(StringComparer.Ordinal);

    private Surroundings(RealPlatform platform)
    {
        _platform = platform;
        _settings = JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(Path.Combine(platform.Data, "run", "settings.json")))!;
        using var databases = new NpgsqlConnection(_settings["Storage:ConnectionString"].Replace("food_{name}", "postgres", StringComparison.Ordinal));
        Databases = [.. databases.Query<string>("select substr(datname, 6) from pg_database where datname like 'food\\_%'")];
    }

    /// <summary>The names of the services that have consumers.</summary>
    public IReadOnlyList<string> Services =>
    [
        .. ServiceCatalog.Services.Where(static service => service.GrpcPort is not null && service.Name is not "Gateway").Select(static service => service.Name)
            .Where(service => _platform.Names.Contains(Process(service))),
    ];

    /// <summary>The names of their databases.</summary>
    public IReadOnlyList<string> Databases { get; }

    /// <summary>HOST:PORT of Redis.</summary>
    public string Redis => _platform.Addresses("redis-1")[0];

    public static async Task<Surroundings> Start() => new(await RealPlatform.Up(Settings));

    public RestClient Rest(string service) => _platform.Rest(service);

    public Uri Grpc(string service) => new(_platform.Addresses(Process(service))[1]);

    public GrpcChannel Channel(string service)
    {
        if (!_channels.TryGetValue(service, out var channel))
            _channels.Add(service, channel = GrpcChannel.ForAddress(Grpc(service)));

        return channel;
    }

    public long MemoryBytes(string service)
    {
        using var process = System.Diagnostics.Process.GetProcessById(_platform.Pid(Process(service)));
        return process.WorkingSet64;
    }

    /// <summary>A connection string to a service's own database.</summary>
    public string Database(string name) => _settings["Storage:ConnectionString"].Replace("{name}", name, StringComparison.Ordinal);

    public KafkaOptions Kafka()
    {
        const string client = "Kafka:Client:";
        var options = new KafkaOptions { BootstrapServers = _settings["Kafka:BootstrapServers"], CreateTopics = false };
        foreach (var (name, value) in _settings.Where(static setting => setting.Key.StartsWith(client, StringComparison.Ordinal)))
            options.Client.Add(name[client.Length..], value);

        return options;
    }

    /// <summary>A database beside the product's, with the tables that an accepted order is written to.</summary>
    public async Task<string> Floor()
    {
        var floor = Database("floor");
        MigrationSource[] tables =
        [
            new("messaging", typeof(MessagingServices).Assembly), new("ordering", typeof(OrderingModule).Assembly), new("payment", typeof(PaymentsModule).Assembly),
        ];
        await using var database = new PostgresDatabase(floor, new PostgresOptions(), tables, TimeProvider.System, NullLogger<PostgresDatabase>.Instance);
        await database.Opened;
        return floor;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var channel in _channels.Values)
            channel.Dispose();

        await _platform.DisposeAsync();
    }

    private static string Process(string service) => $"{service.ToLowerInvariant()}-1";
}
