using FoodDelivery.Platform.Messaging.Kafka;
using FoodDelivery.Tests.Support.Kafka;

namespace FoodDelivery.Tests.Ports.Logs;

/// <summary>The one real broker of this assembly's tests; the classes that need it share it, and the last one ends it.</summary>
public sealed class OldKafka : IAsyncLifetime
{
    // What a broker of 2016 needs, as an operator would set it.
    public static readonly IReadOnlyDictionary<string, string> Settings = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["api.version.request"] = "false", ["broker.version.fallback"] = "0.9.0.1", ["heartbeat.interval.ms"] = "200",
    };

    private static readonly SemaphoreSlim Gate = new(1);
    private static RealBroker? _broker;
    private static int _users;
    private bool _uses;

    public string BootstrapServers => _broker!.BootstrapServers;

    public string Files => _broker!.Files;

    public Task Enlarge(string topic, int partitions) => _broker!.Enlarge(topic, partitions);

    public Task Make(string topic, IReadOnlyDictionary<string, string> configs) => _broker!.Make(topic, configs);

    public KafkaOptions Options()
    {
        var options = new KafkaOptions { BootstrapServers = BootstrapServers, CreateTopics = false };
        foreach (var (name, value) in Settings)
            options.Client.Add(name, value);

        return options;
    }

    public async Task InitializeAsync()
    {
        // Where something is missing, its tests are skipped; where they must not be, this fails.
        if (Requirement.SkipReason(["java", "npm"]) is not null)
            return;

        await Gate.WaitAsync();
        try
        {
            _broker ??= await RealBroker.Start();
            _users++;
            _uses = true;
        }
        finally
        {
            Gate.Release();
        }
    }

    public async Task DisposeAsync()
    {
        await Gate.WaitAsync();
        try
        {
            if (_uses && --_users == 0 && _broker is { } broker)
            {
                _broker = null;
                await broker.DisposeAsync();
            }
        }
        finally
        {
            Gate.Release();
        }
    }
}
