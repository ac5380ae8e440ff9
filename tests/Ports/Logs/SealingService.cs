using System.Collections.Concurrent;
using Dapper;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Messaging.Kafka;
using FoodDelivery.Platform.Storage;
using FoodDelivery.Platform.Storage.Sqlite;
using FoodDelivery.Protos.CloudEvents.V1;
using FoodDelivery.Protos.Ordering.V1;
using FoodDelivery.Tests.Support;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Logging.Abstractions;

namespace FoodDelivery.Tests.Ports.Logs;

/// <summary>A process that publishes orders to Kafka and reads them, with its service's database.</summary>
internal sealed class SealingService : IAsyncDisposable
{
    private readonly SqliteDatabase _database;

    public SealingService(KafkaOptions options, string file)
    {
        _database = new SqliteDatabase(file, new SqliteOptions(), [MessagingServices.Migrations], TimeProvider.System, NullLogger<SqliteDatabase>.Instance);
        Log = new KafkaEventLog(options, TimeProvider.System, NullLoggerFactory.Instance, _database);
    }

    public KafkaEventLog Log { get; }

    public IDatabase Database => _database;

    public static LogRecord Told(string order, string address, string id = "an id") => new(
        order,
        new CloudEvent { Id = id, Type = OrderPlaced.Descriptor.FullName, ProtoData = Any.Pack(new OrderPlaced { Address = address, TotalWon = 18_000 }) }.ToByteArray());

    /// <summary>What a reader decodes of a record: the order's number and its address, or that it cannot.</summary>
    public static string Shown(LogRecord record)
    {
        try
        {
            return $"{record.Key}: {OrderPlaced.Parser.ParseFrom(EventDecoder.Decode(record).Data).Address}";
        }
        catch (FormatException)
        {
            return $"{record.Key} is damaged";
        }
    }

    /// <summary>Waits until a group that begins now has been given exactly these, in whatever order.</summary>
    public async Task Reads(string topic, params string[] expected)
    {
        var seen = new ConcurrentQueue<string>();
        using var stop = new CancellationTokenSource();
        var reading = Log.Consume(
            topic,
            $"{Guid.NewGuid():n}",
            (records, _) =>
            {
                foreach (var record in records)
                    seen.Enqueue(Shown(record));

                return Task.CompletedTask;
            },
            stop.Token);
        try
        {
            await Eventually.Holds(() =>
            {
                Assert.Equal(expected.Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
                return Task.CompletedTask;
            });
        }
        finally
        {
            await stop.CancelAsync();
            await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    public Task<List<byte[]>> Secrets(string order) => _database.Read(
        async connection => (await connection.QueryAsync<byte[]>("select secret from text_keys where record_key = @order", new { order })).AsList(), default);

    public async ValueTask DisposeAsync()
    {
        await Log.DisposeAsync();
        await _database.DisposeAsync();
    }
}
