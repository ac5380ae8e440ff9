using FoodDelivery.Platform.Messaging.Operations;
using System.Collections.Concurrent;
using FoodDelivery.Adapters.Stores;
using FoodDelivery.Kernel;
using FoodDelivery.Platform.Messaging.Embedded;
using FoodDelivery.Platform.Hosting;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Storage.Sqlite;
using FoodDelivery.Platform.Storage;
using FoodDelivery.Protos.CloudEvents.V1;
using FoodDelivery.Protos.Ordering.V1;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Rest;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Tests.Contract.Stores;

/// <summary>The Store context alone, behind its real ports and on its real files; the test plays Ordering.</summary>
public sealed class RunningStores : IAsyncLifetime
{
    private static long _lastOrder = 1_000;
    private readonly DataFolder? _own;
    private readonly string _data;
    private readonly string _environment;
    private readonly ConcurrentQueue<IMessage> _published = new();
    private readonly TypeRegistry _types = TypeRegistry.FromFiles(Protos.Store.V1.StoreEventsReflection.Descriptor);
    private string[] _settings = [];
    private WebApplication? _app;
    private Task _reading = Task.CompletedTask;

    public RunningStores()
        : this(new DataFolder(), "Development")
    {
    }

    private RunningStores(DataFolder data, string environment)
        : this(data.Path, environment) => _own = data;

    private RunningStores(string data, string environment) => (_data, _environment) = (data, environment);

    public IServiceProvider Services => _app!.Services;

    public RestClient Rest { get; private set; } = null!;

    public GrpcChannel Channel { get; private set; } = null!;

    /// <summary>Everything that the stores have published so far, oldest first.</summary>
    public IReadOnlyList<IMessage> Published => [.. _published];

    /// <summary>Another replica: the same files, its own process but for the process.</summary>
    public async Task<RunningStores> Replica()
    {
        var replica = new RunningStores(_data, _environment);
        await replica.InitializeAsync();
        return replica;
    }

    /// <summary>On files that were there before, or that will be there after.</summary>
    public static async Task<RunningStores> On(DataFolder data)
    {
        var stores = new RunningStores(data.Path, "Development");
        await stores.InitializeAsync();
        return stores;
    }

    public static async Task<RunningStores> InProduction(params string[] settings)
    {
        var stores = new RunningStores(new DataFolder(), "Production") { _settings = settings };
        await stores.InitializeAsync();
        return stores;
    }

    public async Task InitializeAsync()
    {
        var builder = ServiceBuilder.Create(
            "Store", ["--environment", _environment, "--Store:RestPort=0", "--Store:GrpcPort=0", "--data", _data, .. _settings], 8083, 9083);
        builder.Services.AddSqlite().AddEmbeddedLog();
        builder.AddStores();
        _app = builder.Build();
        _app.MapServiceDefaults();
        _app.MapOperations();
        _app.MapStores();
        await ServiceRunner.Start(_app);
        Rest = new RestClient(new Uri(_app.Urls.First()));
        Channel = GrpcChannel.ForAddress(_app.Urls.Last());
        _reading = Services.GetRequiredService<IEventLog>().Consume(
            Topics.Store, $"test-{Guid.NewGuid():N}", Read, _app.Lifetime.ApplicationStopping);
    }

    public async Task DisposeAsync()
    {
        await _app!.StopAsync();
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Rest.Dispose();
        Channel.Dispose();
        await _app.DisposeAsync();
        _own?.Dispose();
    }

    /// <summary>Ordering publishes.</summary>
    public async Task Told(long order, params IMessage[] events)
    {
        var batch = new Batch();
        Services.GetRequiredService<Outbox>().Enqueue(
            batch, MessageContext.Command("test"), events.Select(happened => new PublishedEvent(Topics.Ordering, $"{order}", happened)));
        await Services.GetRequiredService<IDatabase>().Write(batch, CancellationToken.None);
    }

    /// <summary>Ordering has placed an order, and its ticket is there.</summary>
    public async Task<long> Order(long store = 2)
    {
        var order = Interlocked.Increment(ref _lastOrder);
        await Told(order, Placed(order, store));
        await Eventually.Gives(async () => (await Rest.Get($"/deliveries/{order}")).Expect(200));
        return order;
    }

    public static OrderPlaced Placed(long order, long store = 2) => new()
    {
        OrderId = order,
        StoreId = store,
        Lines =
        {
            new OrderLine { Item = "통닭 🐔", Quantity = 2, UnitPriceWon = 18_000, DishId = 1 },
            new OrderLine { Item = "pizza", Quantity = 1, UnitPriceWon = 20_000, DishId = 2 },
        },
        TotalWon = 56_000,
        Address = "서울시 마포구 1",
        PlacedAt = Timestamp.FromDateTimeOffset(DateTimeOffset.UnixEpoch),
    };

    public IEnumerable<T> PublishedOf<T>(long order)
        where T : IMessage => Published.OfType<T>().Where(happened => happened switch
    {
        Protos.Store.V1.TicketStatusChanged changed => changed.OrderId == order,
        Protos.Store.V1.CancellationDeclined declined => declined.OrderId == order,
        _ => false,
    });

    private Task Read(IReadOnlyList<LogRecord> records, PartitionAssignment assignment)
    {
        foreach (var record in records)
        {
            var data = CloudEvent.Parser.ParseFrom(record.Value.Span).ProtoData;
            _published.Enqueue(data.Unpack(_types));
        }

        return Task.CompletedTask;
    }
}
