using System.Diagnostics.CodeAnalysis;
using FoodDelivery.Adapters.Customers;
using FoodDelivery.Customers;
using FoodDelivery.Customers.Ports;
using FoodDelivery.Kernel;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Messaging.Embedded;
using FoodDelivery.Platform.Storage;
using FoodDelivery.Platform.Storage.Postgres;
using FoodDelivery.Platform.Storage.Sqlite;
using FoodDelivery.Protos.CloudEvents.V1;
using FoodDelivery.Tests.Ports.Delivering;
using FoodDelivery.Tests.Ports.Phones;
using FoodDelivery.Tests.Support;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Proto = FoodDelivery.Protos.Ordering.V1;

namespace FoodDelivery.Tests.Ports.Collecting;

/// <summary>
/// Members' points and messages while the process that keeps them dies at any step and every event comes several times: nothing doubled and
/// nothing missed, whichever database it is.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The folder goes with the test, in DisposeAsync.")]
public abstract class CollectingSuite : IAsyncLifetime
{
    private const int Orders = 12;
    private readonly DataFolder _folder = new();
    private readonly Telephone _telephone = new();
    private readonly List<Process> _processes = [];

    /// <summary>The settings of the database; it is empty at first.</summary>
    protected abstract Task<IReadOnlyDictionary<string, string?>> Database();

    public virtual Task InitializeAsync() => Task.CompletedTask;

    public virtual async Task DisposeAsync()
    {
        foreach (var process in _processes)
            await process.DisposeAsync();
        _folder.Dispose();
    }

    [SuiteTheory]
    [InlineData(Step.BeforeEffect)]
    [InlineData(Step.AfterEffect)]
    [InlineData(Step.BeforeAdvance)]
    [InlineData(Step.AfterAdvance)]
    [InlineData(Step.BeforeClaim)]
    [InlineData(Step.AfterClaim)]
    [InlineData(Step.BeforeMark)]
    [InlineData(Step.AfterMark)]
    public async Task Whoever_keeps_them_may_die_at_any_step(Step step)
    {
        var times = 0;
        var faults = new Faults();
        var dying = await Started(faults);
        var member = (await dying.Services.GetRequiredService<SignUpHandler>().Handle(
            new SignUp("", MemberProfile.Of("kim", "010-1234-5678", ContactChannel.Kakao, Language.Korean).Value, null),
            AccessScope.Everything,
            MessageContext.Command("sign up"),
            default)).Value.Number;
        _ = PhoneNumber.TryParse("010-1234-5678", out var phone);
        await dying.Services.Confirm(new PhoneHolder(RecipientRole.Customer, member.Digits), phone);
        faults.Dies = reached => reached == step && Interlocked.Increment(ref times) == 3;

        // Who is dead publishes nothing either; its successor is told everything again.
        var publishing = Publish(dying, member);
        await Task.WhenAny(faults.Death.Task, Task.Delay(Support.Eventually.Patience));
        Assert.True(faults.Death.Task.IsCompleted, $"{step} was reached {times} times.");
        await Task.WhenAny(publishing, faults.Death.Task);
        await dying.DisposeAsync();
        var next = await Started(new Faults());
        await Publish(next, member, again: "-again");

        await Support.Eventually.Holds(async () => Assert.Equal((Orders * 4) + Orders, await Sent(next)), TimeSpan.FromSeconds(60));
        await Support.Eventually.Holds(async () => Assert.Equal(0, await next.Log.Lag(Topics.Ordering, CustomersModule.PointsConsumer, default)));
        var account = await next.Services.GetRequiredService<IPoints>().Account(member, 0, 1000, default);
        Assert.Equal(100 * Orders / 2, account.Points);
        Assert.Equal(Orders + (Orders / 2), account.History.Total);
        Assert.Equal(Orders * 4, _telephone.Rung.Count);
        Assert.All(_telephone.Rung, static ring => Assert.True(ring.Value == 1, $"{ring.Key} was delivered {ring.Value} times."));
    }

    // Half of the orders are delivered and half refunded after their acceptance; every event comes twice.
    private static async Task Publish(Process process, MembershipNumber member, string again = "")
    {
        for (var version = 1; version <= 4; version++)
        {
            LogRecord[] records = [.. Enumerable.Range(1, Orders).Select(order => Record(order, version, member, again))];
            await process.Log.Append(Topics.Ordering, records, default);
            await process.Log.Append(Topics.Ordering, records, default);
        }
    }

    private static LogRecord Record(long order, long version, MembershipNumber member, string again) => new(
        order.ToString(),
        new CloudEvent
        {
            Id = $"{order}-{version}{again}",
            Source = "/fooddelivery/ordering",
            SpecVersion = "1.0",
            Type = Proto.OrderStatusChanged.Descriptor.FullName,
            ProtoData = Any.Pack(new Proto.OrderStatusChanged
            {
                OrderId = order,
                Version = version,
                Status = (version, order % 2) switch
                {
                    (1, _) => Proto.OrderStatus.PaySuccess,
                    (2, _) => Proto.OrderStatus.OrderReceived,
                    (3, 0) => Proto.OrderStatus.OrderCancel,
                    (3, _) => Proto.OrderStatus.Cooking,
                    (_, 0) => Proto.OrderStatus.Refunded,
                    _ => Proto.OrderStatus.Delivered,
                },
                ChangedAt = new DateTimeOffset(2027, 7, 1, 12, 0, (int)version, TimeSpan.Zero).ToTimestamp(),
                StoreId = 2,
                TotalWon = 10_000,
                MembershipNumber = member.Digits,
            }),
        }.ToByteArray());

    private static async Task<long> Sent(Process process) =>
        (await process.Services.GetRequiredService<INotifications>().SentPage(null, null, 0, 1, default)).Total;

    private async Task<Process> Started(Faults faults)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(await Database()).AddInMemoryCollection(
        [
            new("Data:Directory", _folder.Path),
            new("Messaging:FirstRetry", "00:00:00.005"),
            new("Messaging:LongestRetry", "00:00:00.050"),
            new("Customer:NotificationClaimSeconds", "5.5"),
        ]);
        builder.Logging.ClearProviders();
        builder.Services.AddSqlite().AddPostgres().AddCustomers(builder.Configuration);
        builder.Services.AddSingleton<IReadOnlyList<INotificationChannel>>([_telephone]);
        builder.Services.AddSingleton<IEventLog>(provider => new FaultyLog(
            new SqliteEventLog(
                Path.Combine(_folder.Path, "log.db"),
                new EmbeddedLogOptions { Lease = TimeSpan.FromSeconds(1), BatchSize = 8 },
                new SqliteOptions(),
                TimeProvider.System,
                provider.GetRequiredService<ILoggerFactory>()),
            faults));
        var database = builder.Services.Last(static service => service.ServiceType == typeof(IDatabase)).ImplementationFactory!;
        builder.Services.AddSingleton<IDatabase>(provider => new FaultyDatabase((IDatabase)database(provider), faults));
        var process = new Process(builder.Build(), faults);
        _processes.Add(process);
        await process.Start();
        return process;
    }
}
