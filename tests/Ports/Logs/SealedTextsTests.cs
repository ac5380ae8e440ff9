using Confluent.Kafka;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Messaging.Kafka;
using FoodDelivery.Protos.CloudEvents.V1;
using FoodDelivery.Protos.Ordering.V1;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Kafka;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using static FoodDelivery.Tests.Ports.Logs.SealingService;

namespace FoodDelivery.Tests.Ports.Logs;

/// <summary>What people wrote, sealed in Apache Kafka 0.9.</summary>
[NeedsOutside("java", "npm", MockCluster.Library)]
public sealed class SealedTextsTests(OldKafka kafka) : IClassFixture<OldKafka>, IAsyncLifetime, IDisposable
{
    private const string Topic = "orders";
    private static readonly TimeSpan WithinKafka = TimeSpan.FromSeconds(90);
    private readonly DataFolder _folder = new();
    private readonly List<SealingService> _services = [];
    private readonly string _prefix = $"{Guid.NewGuid():n}.";

    private string TopicOfKeys => $"{_prefix}fooddelivery.keys";

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var service in _services)
            await service.DisposeAsync();
    }

    public void Dispose() => _folder.Dispose();

    [SuiteFact]
    public async Task Texts_are_nowhere_in_the_brokers_files_and_open_for_every_reader()
    {
        var order = Opened("order");
        var store = Opened("store", seals: false);
        var plain = new LogRecord("3", new CloudEvent { Id = "plain", Type = OrderErased.Descriptor.FullName, ProtoData = Any.Pack(new OrderErased { OrderId = 3 }) }.ToByteArray());

        await order.Log.Append(Topic, [Told("1", "바람새동 1"), Told("2", "바람새동 2"), plain, Told("4", "erased")], default);
        await store.Log.Append(Topic, [Told("5", "숨김없는동 5")], default);

        await store.Reads(Topic, "1: 바람새동 1", "2: 바람새동 2", "3: ", "4: erased", "5: 숨김없는동 5");
        await order.Reads(Topic, "1: 바람새동 1", "2: 바람새동 2", "3: ", "4: erased", "5: 숨김없는동 5");
        Assert.NotEmpty(await DataFolder.FilesWith("숨김없는동", kafka.Files));
        Assert.Empty(await DataFolder.FilesWith("바람새동", kafka.Files));
        var raw = await order.Log.Newest(Topic, 10, default);
        Assert.Equal(plain.Value.ToArray(), Assert.Single(raw, static record => record.Key == "3").Value.ToArray());
        Assert.Equal(Told("4", "erased").Value.ToArray(), Assert.Single(raw, static record => record.Key == "4").Value.ToArray());
        var (key, placed) = Sealed(Assert.Single(raw, static record => record.Key == "1"));
        Assert.Equal(32, key.Length);
        Assert.StartsWith("sealed:", placed.Address, StringComparison.Ordinal);
        Assert.Equal(("", 18_000), (placed.MembershipNumber, placed.TotalWon));
    }

    [SuiteFact]
    public async Task Later_events_of_an_order_are_sealed_with_its_key()
    {
        var order = Opened("order");
        await order.Log.Append(Topic, [Told("1", "유별난동 1")], default);
        await Eventually.Holds(async () => Assert.Single(await order.Secrets("1")));

        await order.Log.Append(Topic, [Told("1", "유별난동 2"), Told("2", "유별난동 3")], default);

        var raw = await order.Log.Newest(Topic, 10, default);
        Assert.Single(raw.Where(static record => record.Key == "1").Select(static record => Sealed(record).Key).Distinct());
        Assert.Equal(2, raw.Select(static record => Sealed(record).Key).Distinct().Count());
    }

    [SuiteFact]
    public async Task What_is_forgotten_reads_as_erased_and_its_keys_leave_the_brokers_files()
    {
        await kafka.Make(TopicOfKeys, Configs(TimeSpan.FromSeconds(2)));
        // Two services that publish of an order make a key each.
        var (order, pay, store) = (Opened("order"), Opened("pay"), Opened("store", seals: false));
        await Task.WhenAll(
            order.Log.Append(Topic, [Told("1", "유별난동 1"), Told("2", "남의 주소")], default), pay.Log.Append(Topic, [Told("1", "유별난동 2")], default));
        await store.Reads(Topic, "1: 유별난동 1", "2: 남의 주소", "1: 유별난동 2");
        var (secrets, others) = (await store.Secrets("1"), await store.Secrets("2"));
        Assert.NotEmpty(secrets);
        await AreInFiles(expected: true, secrets);

        Assert.True(await store.Log.Erase(["1", "3"], default));
        Assert.True(await store.Log.Erase(["1", "3"], default));

        Assert.Empty(await store.Secrets("1"));
        await store.Reads(Topic, "1: erased", "2: 남의 주소", "1: erased");
        await Eventually.Holds(async () => Assert.Empty(await order.Secrets("1")));
        await order.Reads(Topic, "1: erased", "2: 남의 주소", "1: erased");
        await Opened("marketing", seals: false).Reads(Topic, "1: erased", "2: 남의 주소", "1: erased");
        await AreInFiles(expected: false, secrets);
        await AreInFiles(expected: true, others);
    }

    [SuiteFact]
    public async Task Two_replicas_share_a_database_and_what_both_have_sealed_is_forgotten()
    {
        var replicas = (SealingService[])[Opened("order"), Opened("order")];
        const int Each = 40;
        await Task.WhenAll(replicas.SelectMany((replica, number) => Enumerable.Range(0, Each).Select(
            order => replica.Log.Append(Topic, [Told($"{order}", $"유별난동 {number}")], default))));

        string[] told = [.. Enumerable.Range(0, Each).SelectMany(static order => (string[])[$"{order}: 유별난동 0", $"{order}: 유별난동 1"])];
        await Task.WhenAll(replicas.Select(replica => replica.Reads(Topic, told)));
        Assert.True(await replicas[0].Log.Erase(["7"], default));

        string[] left = [.. told.Select(static line => line.StartsWith("7:", StringComparison.Ordinal) ? "7: erased" : line)];
        await Task.WhenAll(replicas.Select(replica => replica.Reads(Topic, left)));
        await Opened("store", seals: false).Reads(Topic, left);
    }

    [SuiteFact]
    public async Task A_key_whose_event_never_came_serves_the_next_one()
    {
        var dying = Opened("order");
        var key = TextKey.New("1");
        using (var producer = new ProducerBuilder<string, byte[]>(ClientSettings.Appending(Options(seals: true))).Build())
        {
            await producer.ProduceAsync(new TopicPartition(TopicOfKeys, 0), new Message<string, byte[]> { Key = $"1/{key.Id}", Value = key.Secret });
            await producer.ProduceAsync(new TopicPartition(TopicOfKeys, 0), new Message<string, byte[]> { Key = "nonsense", Value = [1] });
            await producer.ProduceAsync(new TopicPartition(TopicOfKeys, 0), new Message<string, byte[]> { Key = $"\0/{TextKey.New("").Id}", Value = key.Secret });
        }

        await Eventually.Holds(async () => Assert.Equal([key.Secret], await dying.Secrets("1")));
        await dying.Log.Append(Topic, [Told("1", "유별난동 1")], default);

        Assert.Equal(key.Id, Sealed(Assert.Single(await dying.Log.Newest(Topic, 10, default))).Key);
        await Opened("store", seals: false).Reads(Topic, "1: 유별난동 1");
    }

    [SuiteFact]
    public async Task What_was_published_clear_stays_and_nothing_was_sealed_where_nobody_seals()
    {
        var order = Opened("order", seals: false);
        await order.Log.Append(Topic, [Told("1", "옛 주소")], default);

        Assert.False(await order.Log.Erase(["1"], default));

        await Opened("new order").Log.Append(Topic, [Told("1", "새 주소")], default);
        await order.Reads(Topic, "1: 옛 주소", "1: 새 주소");
        Assert.True(await order.Log.Erase(["1"], default));
        await order.Reads(Topic, "1: 옛 주소", "1: erased");
    }

    [SuiteFact]
    public async Task What_is_damaged_is_its_records_trouble_alone()
    {
        var order = Opened("order");
        await order.Log.Append(Topic, [Told("1", "유별난동 1"), Told("2", "유별난동 2")], default);
        var raw = await order.Log.Newest(Topic, 10, default);
        var (first, second) = (raw.First(static record => record.Key == "1"), raw.First(static record => record.Key == "2"));
        LogRecord[] damaged =
        [
            Changed(first, static placed => placed.Address = placed.Address[..20]),
            Changed(first, static placed => placed.Address = Turned(placed.Address)),
            Changed(first, static placed => placed.Address = "sealed:!"),
            Changed(first, static placed => placed.Address = "sealed with nothing"),
            Changed(first, static placed => (placed.Address, placed.MembershipNumber) = ("", placed.Address)),
            Changed(first, static _ => { }, Sealed(second).Key),
            Changed(first, static _ => { }, "nonsense"),
            first with { Key = "3" },
        ];

        await Opened("foreign", seals: false).Log.Append(Topic, [.. damaged, Changed(first, static _ => { }, TextKey.New("1").Id), Told("4", "유별난동 4")], default);

        await order.Reads(
            Topic, ["1: 유별난동 1", "2: 유별난동 2", "1: erased", "4: 유별난동 4", .. damaged.Select(static record => $"{record.Key} is damaged")]);
    }

    [SuiteFact]
    public async Task What_a_person_writes_never_passes_for_sealed()
    {
        var (sealing, clear) = (Opened("order"), Opened("pay", seals: false));
        var text = $"sealed:AAAA sealedwith {TextKey.New("1").Id}";

        await sealing.Log.Append(Topic, [Told("1", text)], default);
        await clear.Log.Append(Topic, [Told("2", text)], default);

        await clear.Reads(Topic, $"1: {text}", $"2: {text}");
    }

    private static (string Key, OrderPlaced Placed) Sealed(LogRecord record)
    {
        var read = CloudEvent.Parser.ParseFrom(record.Value.Span);
        return (read.Attributes["sealedwith"].CeString, read.ProtoData.Unpack<OrderPlaced>());
    }

    private static LogRecord Changed(LogRecord record, Action<OrderPlaced> change, string? sealedWith = null)
    {
        var read = CloudEvent.Parser.ParseFrom(record.Value.Span);
        var placed = read.ProtoData.Unpack<OrderPlaced>();
        change(placed);
        read.ProtoData = Any.Pack(placed);
        if (sealedWith is not null)
            read.Attributes["sealedwith"].CeString = sealedWith;

        return record with { Value = read.ToByteArray() };
    }

    private static string Turned(string text)
    {
        var bytes = Convert.FromBase64String(text["sealed:".Length..]);
        bytes[^20] ^= 1;
        return "sealed:" + Convert.ToBase64String(bytes);
    }

    private static Dictionary<string, string> Configs(TimeSpan within)
    {
        var configs = new Dictionary<string, string>(StringComparer.Ordinal) { ["cleanup.policy"] = "compact", ["file.delete.delay.ms"] = "100" };
        TextKeys.Bound(configs, within);
        return configs;
    }

    // The broker may be at work on them: what it truncates meanwhile is read as far as it goes.
    private async Task<bool> IsInFiles(byte[] bytes)
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(kafka.Files, "kafka", "log", $"{TopicOfKeys}-0"), "*.log*"))
        {
            await using var stream = File.OpenRead(file);
            using var content = new MemoryStream();
            await stream.CopyToAsync(content);
            if (content.ToArray().AsSpan().IndexOf(bytes) >= 0)
                return true;
        }

        return false;
    }

    private Task AreInFiles(bool expected, IEnumerable<byte[]> secrets) => Eventually.Holds(
        async () =>
        {
            foreach (var secret in secrets)
                Assert.Equal(expected, await IsInFiles(secret));
        },
        WithinKafka);

    private KafkaOptions Options(bool seals)
    {
        var options = kafka.Options();
        (options.Prefix, options.SealTexts, options.ForgetKeysWithin) = (_prefix, seals, TimeSpan.FromSeconds(2));
        return options;
    }

    private SealingService Opened(string name, bool seals = true)
    {
        var service = new SealingService(Options(seals), Path.Combine(_folder.Path, $"{name}.db"));
        _services.Add(service);
        return service;
    }
}
