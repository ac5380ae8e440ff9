using System.Text.RegularExpressions;
using Dapper;
using FoodDelivery.Platform.Messaging.Kafka;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Rest;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace FoodDelivery.Tests.Bench.Real;

/// <summary>Whether every event has had all its effects: each outbox is empty, and each consumer has finished its topic.</summary>
internal sealed partial class Consumption : IAsyncDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private readonly KafkaEventLog _log;
    private readonly IReadOnlyList<NpgsqlDataSource> _databases;
    private readonly IReadOnlyList<(string Consumer, string Topic)> _consumers;

    private Consumption(KafkaEventLog log, IReadOnlyList<NpgsqlDataSource> databases, IReadOnlyList<(string Consumer, string Topic)> consumers) =>
        (_log, _databases, _consumers) = (log, databases, consumers);

    /// <summary>The consumers are those that the services' own metrics tell of.</summary>
    public static async Task<Consumption> Of(Surroundings surroundings)
    {
        var consumers = new List<(string, string)>();
        foreach (var service in surroundings.Services)
            consumers.AddRange(await Eventually.Gives(async () => await Consumers(surroundings.Rest(service))));

        return new Consumption(
            new KafkaEventLog(surroundings.Kafka(), TimeProvider.System, NullLoggerFactory.Instance),
            [.. surroundings.Databases.Select(name => NpgsqlDataSource.Create(surroundings.Database(name)))],
            consumers);
    }

    /// <summary>Waits until it is so.</summary>
    public async Task Completed()
    {
        using var bound = new CancellationTokenSource(Bound);
        for (var clean = 0; clean < 2;)
        {
            // What one consumer has just published is another's work a moment later: hence a second look.
            clean = await IsComplete(bound.Token) ? clean + 1 : 0;
            if (clean == 0)
                await Task.Delay(Pause, bound.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var database in _databases)
            await database.DisposeAsync();

        await _log.DisposeAsync();
    }

    private static async Task<IReadOnlyList<(string Consumer, string Topic)>> Consumers(RestClient service)
    {
        var metrics = (await service.Get("/metrics")).Text;
        var found = Lag().Matches(metrics).Select(static match => (match.Groups["consumer"].Value, match.Groups["topic"].Value)).ToList();
        return found.Count > 0 ? found : throw new InvalidOperationException("A service does not tell of its consumers yet.");
    }

    private async Task<bool> IsComplete(CancellationToken cancellation)
    {
        foreach (var database in _databases)
        {
            await using var connection = await database.OpenConnectionAsync(cancellation);
            if (await connection.ExecuteScalarAsync<bool>("select exists (select 1 from outbox)"))
                return false;
        }

        foreach (var (consumer, topic) in _consumers)
        {
            if (await _log.Lag(topic, consumer, cancellation) > 0)
                return false;
        }

        return true;
    }

    [GeneratedRegex(@"^fooddelivery_consumer_lag\{(?=[^}]*consumer=""(?<consumer>[^""]+)"")(?=[^}]*topic=""(?<topic>[^""]+)"")", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Lag();
}
