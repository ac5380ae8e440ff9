using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using Confluent.Kafka;
using FoodDelivery.Tests.Support.Kafka;
using FoodDelivery.Tests.Support.Postgres;
using FoodDelivery.Tests.Support.Processes;
using Npgsql;
using Xunit;

namespace FoodDelivery.Tests.Support.Earlier;

/// <summary>
/// What the version before the published packages has written in one short session: five orders, one delivered, one whose cancellation was declined, one
/// rejected, one cancelled, one unanswered; once on files (killed, so that some of it is still in write-ahead logs) and once on PostgreSQL, Redis and Kafka.
/// </summary>
public static class EarlierVersion
{
    private const int Partitions = 6;

    private static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Earlier", "files");

    /// <summary>The Redis database as the server saved it.</summary>
    public static string RedisFile { get; } = Path.Combine(Folder, "redis.rdb");

    /// <summary>Puts its data folder into another.</summary>
    public static void Unpack(string folder)
    {
        using var packed = new GZipStream(File.OpenRead(Path.Combine(Folder, "data.tar.gz")), CompressionMode.Decompress);
        using var files = new TarReader(packed);
        while (files.GetNextEntry() is { } entry)
        {
            if (entry.EntryType is TarEntryType.RegularFile)
                entry.ExtractToFile(Path.Combine(folder, Path.GetFileName(entry.Name)), overwrite: true);
        }
    }

    /// <summary>Makes its databases anew under <paramref name="prefix"/>, as they were.</summary>
    public static async Task Restore(PostgresCluster cluster, string prefix)
    {
        foreach (var dump in Files("*.sql"))
        {
            var name = prefix + Path.GetFileNameWithoutExtension(dump);
            await Execute(cluster.ConnectionString("postgres"), $"create database {name}");
            await Execute(cluster.ConnectionString(name) + ";Pooling=false", await File.ReadAllTextAsync(dump));
        }
    }

    /// <summary>Appends its log to empty brokers: each record to the partition that it was in, in its order.</summary>
    public static async Task Append(MockCluster brokers)
    {
        using var producer = new ProducerBuilder<string, byte[]>(new ProducerConfig { BootstrapServers = brokers.BootstrapServers }).Build();
        var made = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in await File.ReadAllLinesAsync(Path.Combine(Folder, "log.jsonl")))
        {
            var record = JsonNode.Parse(line)!;
            var topic = (string)record["topic"]!;
            if (made.Add(topic))
                brokers.Make(topic, Partitions);

            await producer.ProduceAsync(
                new TopicPartition(topic, (int)record["partition"]!),
                new Message<string, byte[]> { Key = (string)record["key"]!, Value = Convert.FromBase64String((string)record["value"]!) });
        }
    }

    /// <summary>What it answered on files to <c>SERVICE PATH</c>.</summary>
    public static IReadOnlyDictionary<string, JsonElement> AnswersOnFiles() => Answers("embedded");

    /// <summary>What it answered on PostgreSQL, Redis and Kafka to <c>SERVICE PATH</c>.</summary>
    public static IReadOnlyDictionary<string, JsonElement> AnswersOnServers() => Answers("distributed");

    /// <summary>Asks all of it again: everything that was answered then is answered now; more may have joined it.</summary>
    public static async Task AnswersAsBefore(IPlatform platform, IReadOnlyDictionary<string, JsonElement> answers)
    {
        foreach (var (question, before) in answers)
        {
            var (service, path) = (question.Split(' ')[0], question.Split(' ')[1]);
            var now = (await platform.Rest(service).Get(path)).Expect(200).Body;
            Assert.True(Holds(before, now), $"{question}{Environment.NewLine}before {before.GetRawText()}{Environment.NewLine}now    {now.GetRawText()}");
        }
    }

    private static bool Holds(JsonElement before, JsonElement now) => before.ValueKind switch
    {
        JsonValueKind.Object => now.ValueKind == JsonValueKind.Object
            && before.EnumerateObject().All(field => now.TryGetProperty(field.Name, out var value) && Holds(field.Value, value)),
        JsonValueKind.Array => now.ValueKind == JsonValueKind.Array && before.GetArrayLength() == now.GetArrayLength()
            && before.EnumerateArray().Zip(now.EnumerateArray()).All(static pair => Holds(pair.First, pair.Second)),
        _ => JsonElement.DeepEquals(before, now),
    };

    private static Dictionary<string, JsonElement> Answers(string kind) => Files(kind + ".json")
        .SelectMany(static file => JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(File.ReadAllText(file))!).ToDictionary();

    // A context that can come and go has its own in a folder.
    private static IEnumerable<string> Files(string pattern) => Directory.EnumerateFiles(Folder, pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    private static async Task Execute(string connection, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
