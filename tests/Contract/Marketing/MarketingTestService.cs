using System.Text.Json;
using FoodDelivery.Adapters.Marketing;
using FoodDelivery.Platform.Messaging.Embedded;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Storage.Sqlite;
using FoodDelivery.Platform.Storage;
using FoodDelivery.Protos.CloudEvents.V1;
using FoodDelivery.Protos.Marketing.V1;
using FoodDelivery.Protos.Ordering.V1;
using FoodDelivery.Protos.Store.V1;
using FoodDelivery.Tests.Contract.Hosting;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Net.Client;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Tests.Contract.Marketing;

/// <summary>The Marketing context as its service hosts it, on free ports, with the topics of the others to write to.</summary>
internal sealed class MarketingTestService : IAsyncDisposable
{
    public const int Chicken = 1;
    public const int Radish = 2;
    public const int Pizza = 3;

    private readonly RunningService _service;
    private readonly GrpcChannel _channel;

    private MarketingTestService(RunningService service)
    {
        _service = service;
        _channel = GrpcChannel.ForAddress(service.App.Urls.Last());
        Recommendations = new RecommendationService.RecommendationServiceClient(_channel);
        Coupons = new CouponService.CouponServiceClient(_channel);
    }

    public RecommendationService.RecommendationServiceClient Recommendations { get; }

    public CouponService.CouponServiceClient Coupons { get; }

    public HttpClient Rest => _service.Rest;

    public IDatabase Database => _service.App.Services.GetRequiredService<IDatabase>();

    public static async Task<MarketingTestService> Start(params string[] settings)
    {
        var service = new MarketingTestService(await RunningService.With(
            static builder => builder.Services.AddSqlite().AddEmbeddedLog().AddMarketing(builder.Configuration),
            static app => app.MapMarketing(),
            settings));
        await service.PublishMenu(1, [Chicken, Radish, Pizza]);
        return service;
    }

    public static OrderPlaced Placed(long order, string customer, params long[] dishes) => new()
    {
        OrderId = order,
        StoreId = 2,
        CustomerId = customer,
        Lines = { dishes.Select(static dish => new OrderLine { Item = "as written", Quantity = 1, UnitPriceWon = 1_000 * dish, DishId = dish }) },
        PlacedAt = DateTimeOffset.UnixEpoch.AddDays(20_000).AddMinutes(order).ToTimestamp(),
    };

    public static OrderStatusChanged Delivering(long order, string customer, DateTimeOffset at) => new()
    {
        OrderId = order, Version = 4, Status = OrderStatus.Delivering, CustomerId = customer, StoreId = 2, ChangedAt = at.ToTimestamp(),
    };

    public Task PublishMenu(long revision, long[] dishes, long[]? soldOut = null) => Publish(Topics.Store, "store-2", new MenuChanged
    {
        Menu = new Menu
        {
            StoreId = 2,
            Revision = revision,
            Dishes = { dishes.Select(dish => Dish(dish, soldOut?.Contains(dish) is true)) },
        },
    });

    /// <summary>Publishes events as Ordering does, each with an id of its own.</summary>
    public async Task Publish(params IMessage[] events)
    {
        foreach (var happened in events)
        {
            var order = (long)happened.Descriptor.FindFieldByName("order_id").Accessor.GetValue(happened);
            await Publish(Topics.Ordering, order.ToString(), happened);
        }
    }

    public async Task<JsonElement> Get(string path) =>
        JsonDocument.Parse(await Rest.GetStringAsync(new Uri(path, UriKind.Relative))).RootElement;

    /// <summary>The recommended dishes.</summary>
    public async Task<List<JsonElement>> Dishes(string query) =>
        [.. (await Get($"/recommendations{query}")).GetProperty("_embedded").GetProperty("recommendations").EnumerateArray()
            .Where(static one => one.GetProperty("kind").GetString() == "dish")];

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _service.DisposeAsync();
    }

    private static Dish Dish(long number, bool soldOut) => new()
    {
        DishId = number,
        Names = { number switch { Chicken => ["통닭", "chicken"], Radish => ["치킨무", "pickled radish"], _ => new[] { "피자", "pizza" } } },
        PriceWon = 1_000 * number,
        SoldOut = soldOut,
    };

    private Task Publish(string topic, string key, IMessage happened) => _service.App.Services.GetRequiredService<IEventLog>().Append(
        topic,
        [
            new LogRecord(key, new CloudEvent
            {
                Id = $"{topic} {key} {happened.Descriptor.Name} {happened.CalculateSize()}",
                Source = "/fooddelivery/test",
                SpecVersion = "1.0",
                Type = happened.Descriptor.FullName,
                ProtoData = Any.Pack(happened),
            }.ToByteArray()),
        ],
        CancellationToken.None);
}
