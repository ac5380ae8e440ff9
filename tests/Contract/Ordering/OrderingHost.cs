using FoodDelivery.Platform.Messaging.Operations;
using FoodDelivery.Adapters.Ordering;
using FoodDelivery.Kernel;
using FoodDelivery.Platform.Messaging.Embedded;
using FoodDelivery.Platform.Hosting;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Storage.Sqlite;
using FoodDelivery.Platform.Storage;
using FoodDelivery.Protos.Ordering.V1;
using FoodDelivery.Protos.Store.V1;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Rest;
using Google.Protobuf;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Tests.Contract.Ordering;

/// <summary>Ordering alone, on free ports, with the embedded log; its neighbours are played by the test.</summary>
internal sealed class OrderingHost : IAsyncDisposable
{
    private static int _causes;
    private readonly GrpcChannel _channel;

    private OrderingHost(WebApplication app)
    {
        App = app;
        Rest = new RestClient(new Uri(app.Urls.First()));
        _channel = GrpcChannel.ForAddress(app.Urls.Last());
        Grpc = new OrderService.OrderServiceClient(_channel);
    }

    public WebApplication App { get; }

    public RestClient Rest { get; }

    public OrderService.OrderServiceClient Grpc { get; }

    /// <summary>For tests that are not about time: a busy machine takes longer to pay than a customer would wait.</summary>
    public static readonly string[] Unhurried = ["--Order:Payments:TryTimeoutMilliseconds=10000", "--Order:Payments:TotalTimeoutMilliseconds=15000"];

    public static async Task<OrderingHost> Start(DataFolder data, string payAddresses, params string[] settings)
    {
        var builder = ServiceBuilder.Create(
            "Order",
            ["--environment", "Development", "--Order:RestPort=0", "--Order:GrpcPort=0", $"--Pay:Addresses={payAddresses}", "--data", data.Path, .. settings],
            8081,
            9081);
        builder.Services.AddSqlite().AddEmbeddedLog();
        builder.AddOrdering();
        var app = builder.Build();
        app.MapServiceDefaults();
        app.MapOperations();
        app.MapOrdering();
        await ServiceRunner.Start(app);
        return new OrderingHost(app);
    }

    /// <summary>Publishes menus as the store does, and waits until they are for sale.</summary>
    public async Task<OrderingHost> WithMenus()
    {
        await Publish(Topics.Store, "store-1", Menu(1, Dish(1, 18_000, "chicken", "통닭"), Dish(2, 2_000, "cola")));
        await Publish(Topics.Store, "store-3", Menu(3, OpenPriced(1, 3_000, "IceAmericano")));
        await Eventually.Holds(async () => (await Rest.Get("/healthz/ready")).Expect(200));
        return this;
    }

    /// <summary>Puts an event of a neighbour into the log, by this service's own outbox.</summary>
    public async Task Publish(string topic, string key, IMessage data)
    {
        var batch = new Batch();
        App.Services.GetRequiredService<Outbox>().Enqueue(
            batch, MessageContext.Command($"test-{Interlocked.Increment(ref _causes)}"), [new PublishedEvent(topic, key, data)]);
        await App.Services.GetRequiredService<IDatabase>().Write(batch, CancellationToken.None);
    }

    public Task Ticket(long order, TicketStatus status, string reason = "") =>
        Publish(Topics.Store, $"{order}", new TicketStatusChanged { OrderId = order, StoreId = 1, Status = status, Reason = reason });

    public Task<Answer> SeesStatus(long order, string status) => Eventually.Gives(async () =>
    {
        var answer = (await Rest.Get($"/orders/{order}")).Expect(200);
        Assert.Equal(status, answer.Word("status"));
        return answer;
    });

    public async ValueTask DisposeAsync()
    {
        Rest.Dispose();
        _channel.Dispose();
        await App.DisposeAsync();
    }

    public static MenuChanged Menu(long store, params Dish[] dishes) =>
        new() { Menu = new Menu { StoreId = store, Revision = 1, Dishes = { dishes } } };

    private static Dish Dish(long id, long price, params string[] names) => new() { DishId = id, PriceWon = price, Names = { names } };

    private static Dish OpenPriced(long id, long price, string name) => new() { DishId = id, PriceWon = price, Names = { name }, OpenPriced = true };
}
