using FoodDelivery.Platform.Messaging.Operations;
using System.Collections.Concurrent;
using FoodDelivery.Adapters.Payments;
using FoodDelivery.Kernel;
using FoodDelivery.Payments.Ports;
using FoodDelivery.Platform.Messaging.Embedded;
using FoodDelivery.Platform.Hosting;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Storage.Sqlite;
using FoodDelivery.Platform.Storage;
using FoodDelivery.Protos.CloudEvents.V1;
using FoodDelivery.Protos.Payment.V1;
using FoodDelivery.Tests.Support.Rest;
using FoodDelivery.Tests.Support.Security;
using Google.Protobuf;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Tests.Contract.Payments;

/// <summary>The whole Payment context with real files, a real log and real ports, all its own.</summary>
internal sealed class RunningPay : IAsyncDisposable
{
    private readonly GrpcChannel _channel;
    private readonly TestAuthority? _authority;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<(string Key, CloudEvent Event)> _published = new();
    private readonly Task _reading;
    private int _events;

    private RunningPay(WebApplication app, TestAuthority? authority)
    {
        (_authority, var token) = (authority, authority?.Tokens.For("ops", "operator"));
        App = app;
        Rest = new RestClient(new Uri(app.Urls.First())) { Token = token };
        _channel = GrpcChannel.ForAddress(app.Urls.Last());
        Grpc = new PaymentService.PaymentServiceClient(_channel.Intercept(metadata =>
        {
            if (token is not null)
                metadata.Add("authorization", $"Bearer {token}");
            return metadata;
        }));
        _reading = Log.Consume(Topics.Payment, "test", Remember, _stop.Token);
    }

    public WebApplication App { get; }

    public RestClient Rest { get; }

    /// <summary>Where its gRPC service listens.</summary>
    public string GrpcAddress => App.Urls.Last();

    public PaymentService.PaymentServiceClient Grpc { get; }

    /// <summary>What the provider says of orders, past all our own books.</summary>
    public IPaymentProvider Provider => App.Services.GetRequiredService<IPaymentProvider>();

    private IEventLog Log => App.Services.GetRequiredService<IEventLog>();

    /// <summary>Outside Development every call carries an operator's token.</summary>
    public static async Task<RunningPay> In(string data, params string[] settings)
    {
        var authority = settings.Contains("Production") ? await TestAuthority.Start() : null;
        var builder = ServiceBuilder.Create(
            "Pay", ["--Pay:RestPort=0", "--Pay:GrpcPort=0", "--data", data, "--environment", "Development", .. settings, .. authority?.Settings ?? []], 8082, 9082);
        builder.Services.AddSqlite().AddEmbeddedLog();
        builder.AddPayments();
        var app = builder.Build();
        app.MapServiceDefaults();
        app.MapOperations();
        app.MapPayments();
        await ServiceRunner.Start(app);
        return new RunningPay(app, authority);
    }

    public async Task<Payment> Approve(long order, long won = 18_000, TimeSpan? within = null, string customer = "kim") =>
        (await Grpc.ApprovePaymentAsync(
            new ApprovePaymentRequest { OrderId = order, AmountWon = won, CustomerId = customer },
            deadline: within is { } time ? TimeProvider.System.GetUtcNow().UtcDateTime + time : Soon)).Payment;

    /// <summary>An event of Ordering, as its relay would have appended it.</summary>
    public async Task Happens(long order, IMessage ordering)
    {
        var batch = new Batch();
        App.Services.GetRequiredService<Outbox>().Enqueue(
            batch, MessageContext.Command($"test {++_events}"), [new PublishedEvent(Topics.Ordering, order.ToString(), ordering)]);
        await App.Services.GetRequiredService<IDatabase>().Write(batch, default);
    }

    /// <summary>What was published about an order, oldest first.</summary>
    public IReadOnlyList<CloudEvent> Published(long order) =>
        [.. _published.Where(record => record.Key == order.ToString()).Select(static record => record.Event)];

    public async Task<string> Status(long order) => (await Rest.Get($"/payments?orderId={order}")).Expect(200).Members("payments").Single().Word("status");

    public async Task Turn(object settings) => (await Rest.Put("/provider-simulator", settings)).Expect(200);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Rest.Dispose();
        _channel.Dispose();
        await App.StopAsync();
        await App.DisposeAsync();
        if (_authority is not null)
            await _authority.DisposeAsync();
        _stop.Dispose();
    }

    public static DateTime Soon => TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(20);

    private Task Remember(IReadOnlyList<LogRecord> records, PartitionAssignment assignment)
    {
        foreach (var record in records)
            _published.Enqueue((record.Key, CloudEvent.Parser.ParseFrom(record.Value.Span)));

        return Task.CompletedTask;
    }
}
