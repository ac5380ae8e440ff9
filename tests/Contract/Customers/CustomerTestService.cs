using System.Text.Json;
using FoodDelivery.Adapters.Customers;
using FoodDelivery.Customers;
using FoodDelivery.Customers.Ports;
using FoodDelivery.Platform.Messaging.Embedded;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Storage.Sqlite;
using FoodDelivery.Platform.Storage;
using FoodDelivery.Protos.CloudEvents.V1;
using FoodDelivery.Protos.Customer.V1;
using FoodDelivery.Tests.Contract.Hosting;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Net.Client;
using Microsoft.Extensions.DependencyInjection;
using OrderLine = FoodDelivery.Protos.Ordering.V1.OrderLine;
using OrderStatus = FoodDelivery.Protos.Ordering.V1.OrderStatus;
using OrderStatusChanged = FoodDelivery.Protos.Ordering.V1.OrderStatusChanged;
using PhoneConfirmation = FoodDelivery.Customers.PhoneConfirmation;

namespace FoodDelivery.Tests.Contract.Customers;

/// <summary>The Customer context as its service hosts it, on free ports, with Ordering's topic to write to.</summary>
internal sealed class CustomerTestService : IAsyncDisposable
{
    private readonly RunningService _service;
    private readonly GrpcChannel _channel;

    private CustomerTestService(RunningService service)
    {
        _service = service;
        _channel = GrpcChannel.ForAddress(service.App.Urls.Last());
        Statuses = new OrderStatusService.OrderStatusServiceClient(_channel);
        Notifications = new NotificationService.NotificationServiceClient(_channel);
        Members = new MemberService.MemberServiceClient(_channel);
    }

    public OrderStatusService.OrderStatusServiceClient Statuses { get; }

    public NotificationService.NotificationServiceClient Notifications { get; }

    public MemberService.MemberServiceClient Members { get; }

    public HttpClient Rest => _service.Rest;

    public IDatabase Database => _service.App.Services.GetRequiredService<IDatabase>();

    public static async Task<CustomerTestService> Start(params string[] settings) => new(await RunningService.With(
        static builder => builder.Services.AddSqlite().AddEmbeddedLog().AddCustomers(builder.Configuration),
        static app => app.MapCustomers(),

        // Changes that a test publishes are of a certain day.
        ["--Customer:KeepNotificationsDays=3650", .. settings]));

    /// <summary>Confirms a telephone as if a code had been sent there and had come back.</summary>
    public async Task Confirm(PhoneHolder holder, string phone)
    {
        Assert.True(PhoneNumber.TryParse(phone, out var number));
        var confirmation = PhoneConfirmation.Of(holder);
        confirmation.Expect(number, "012345", new PhoneCodeTerms(TimeSpan.FromMinutes(10), Tries: 5), DateTimeOffset.UnixEpoch);
        Assert.Null(confirmation.Try(number, "012345", DateTimeOffset.UnixEpoch).Error);
        await _service.App.Services.GetRequiredService<IPhoneConfirmations>().Save(confirmation, CancellationToken.None);
    }

    public static OrderStatusChanged Changed(long order, long version, OrderStatus status, string reason = "") => new()
    {
        OrderId = order,
        Version = version,
        Status = status,
        Reason = reason,
        ChangedAt = new DateTimeOffset(2026, 7, 1, 12, 0, (int)(version % 60), TimeSpan.Zero).ToTimestamp(),
        StoreId = 2,
        CustomerId = "김철수",
        Lines = { new OrderLine { Item = "통닭 🍗", Quantity = 2, UnitPriceWon = 18_000, DishId = 5 }, new OrderLine { Item = "cake", Quantity = 1, UnitPriceWon = 4_000 } },
        TotalWon = 40_000,
        PaymentId = status == OrderStatus.PayFail ? 0 : 9,
    };

    /// <summary>Publishes events as Ordering does; each has its own id, made of the order and the version unless <paramref name="idSuffix"/> adds to it.</summary>
    public Task Publish(IEnumerable<OrderStatusChanged> changes, string idSuffix = "") =>
        _service.App.Services.GetRequiredService<IEventLog>().Append(
            Topics.Ordering, [.. changes.Select(changed => Record(changed, idSuffix))], CancellationToken.None);

    public Task Publish(params OrderStatusChanged[] changes) => Publish(changes.AsEnumerable());

    public async Task<JsonElement> Get(string path) =>
        JsonDocument.Parse(await Rest.GetStringAsync(new Uri(path, UriKind.Relative))).RootElement;

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _service.DisposeAsync();
    }

    private static LogRecord Record(OrderStatusChanged changed, string idSuffix) => new(
        changed.OrderId.ToString(),
        new CloudEvent
        {
            Id = $"{changed.OrderId}-{changed.Version}{idSuffix}",
            Source = "/fooddelivery/ordering",
            SpecVersion = "1.0",
            Type = OrderStatusChanged.Descriptor.FullName,
            ProtoData = Any.Pack(changed),
        }.ToByteArray());
}
