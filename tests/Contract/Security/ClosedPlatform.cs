using System.Security.Cryptography;
using System.Text.Json;
using FoodDelivery.Kernel;
using FoodDelivery.Platform.Hosting;
using FoodDelivery.Stores;
using FoodDelivery.Tests.Contract.Security.Providers;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Security;
using FoodDelivery.Tests.Support.Toss;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Tests.Contract.Security;

/// <summary>
/// Every service as production runs it, with a provider of tokens that is the test's. Two customers have ordered: alice from store 2, bob
/// from store 1; both orders have their ticket, their status and their payment, so Order has shown its own token to Pay.
/// </summary>
public sealed class ClosedPlatform : IAsyncLifetime, IDisposable
{
    public const string Name = "a platform that is closed";
    public const string Alice = "alice";
    public const string Bob = "bob";

    private readonly DataFolder _data = new();
    private readonly Dictionary<string, WebApplication> _apps = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Door> _doors = new(StringComparer.Ordinal);
    private TestAuthority? _authority;
    private TossStub? _toss;
    private ProviderStub? _providers;

    public TestAuthority Authority => _authority ?? throw new InvalidOperationException("Nothing was started.");

    /// <summary>More providers, whose tokens the platform takes besides.</summary>
    public ProviderStub Providers => _providers ?? throw new InvalidOperationException("Nothing was started.");

    public TestTokens Tokens => Authority.Tokens;

    /// <summary>Alice's, at store 2.</summary>
    public Given Own { get; private set; } = new(0, 0, "", 0, "", new Dictionary<string, long>());

    /// <summary>Bob's, at store 1.</summary>
    public Given Other { get; private set; } = new(0, 0, "", 0, "", new Dictionary<string, long>());

    public IEnumerable<string> Services => _apps.Keys;

    public Door Of(string service) => _doors[service];

    public IEnumerable<RouteEndpoint> Routes(string service) =>
        _apps[service].Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    /// <summary>Has another hear what the services log, for as long as the platform lives.</summary>
    public void Log(ILoggerProvider listener)
    {
        foreach (var app in _apps.Values)
            app.Services.GetRequiredService<ILoggerFactory>().AddProvider(listener);
    }

    public async Task InitializeAsync()
    {
        _authority = await TestAuthority.Start();
        _toss = await TossStub.Start();
        _providers = await ProviderStub.Start();
        // Who is called starts first.
        foreach (var service in ServiceCatalog.Services.Where(static service => service.Name is not "Gateway").OrderByDescending(static service => service.StopOrder))
            await Start(service, _apps.GetValueOrDefault("Pay")?.Urls.Last());

        await Open(store: 1, dish: "bibimbap");
        await Open(store: 2, dish: "chicken");
        Own = await Everything(Alice, "chicken", store: 2);
        Other = await Everything(Bob, "bibimbap", store: 1);
        await Eventually.Holds(async () =>
        {
            foreach (var order in new[] { Own.Order, Other.Order })
            {
                Assert.Equal(200, (await Of("Store").Rest("GET", $"/deliveries/{order}", Tokens.For("ops", "operator"))).Status);
                Assert.Equal(200, (await Of("Customer").Rest("GET", $"/orderStatuses/{order}", Tokens.For("ops", "operator"))).Status);
            }
        });
    }

    public async Task DisposeAsync()
    {
        foreach (var door in _doors.Values)
            door.Dispose();
        await Task.WhenAll(_apps.Values.Select(static app => app.DisposeAsync().AsTask()));
        await Authority.DisposeAsync();
        if (_toss is not null)
            await _toss.DisposeAsync();
        if (_providers is not null)
            await _providers.DisposeAsync();
    }

    /// <summary>What the provider's card page handed back to a customer's browser.</summary>
    public static object Card(string customer) => new { customerKey = $"{customer}-0001", authKey = $"auth_{customer}" };

    public void Dispose() => _data.Dispose();

    private async Task Start(CatalogedService service, string? pay)
    {
        var name = service.Name;
        string[] ports = [$"--{name}:RestPort=0", .. service.GrpcPort is null ? Array.Empty<string>() : [$"--{name}:GrpcPort=0"]];
        string[] more =
        [
            "--Pay:Provider=Toss", $"--Pay:Toss:Address={_toss!.Address}", $"--Pay:Toss:SecretKey={TossStub.SecretKey}", $"--Pay:CardKeys={Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}", "--Identity:OutsideDevelopment=true",
            .. pay is null ? Array.Empty<string>() : [$"--Pay:Addresses={pay}"],
        ];
        string[] unhurried = ["--Order:Payments:TryTimeoutMilliseconds=10000", "--Order:Payments:TotalTimeoutMilliseconds=15000"];
        var app = service.Build(["--environment=Production", "--data", _data.Path, "--Shutdown:DrainDelay=0", .. ports, .. unhurried, .. Authority.Settings, .. Providers.Settings, .. more]);
        _apps[name] = app;
        await ServiceRunner.Start(app);
        _doors[name] = new Door(new Uri(app.Urls.First()), new Uri(app.Urls.Last()));
    }

    private async Task Open(long store, string dish)
    {
        var profile = new StoreProfile($"store {store}", StoreKind.Restaurant, CancellationRule.UntilDeliveryStarted);
        var opened = await _apps["Store"].Services.GetRequiredService<OpenStoreHandler>().Handle(
            new OpenStore(new StoreId(store), profile, [new DishDraft(null, [dish], 10_000, OpenPriced: false, SoldOut: false)]), MessageContext.Command("test"), CancellationToken.None);
        Assert.Null(opened.Error);
    }

    private async Task<long> Place(string customer, string item) => await Eventually.Gives(async () =>
    {
        var placed = await Of("Order").Rest("POST", "/orders", Tokens.For(customer, "customer"), new { item, address = "서울" });
        Assert.True(placed.Status == 201, placed.ToString());
        return placed.Number("orderId");
    });

    private async Task<Given> Everything(string customer, string dish, long store)
    {
        Assert.Equal(204, (await Of("Pay").Rest("PUT", $"/cards/{customer}", Tokens.For(customer, "customer"), Card(customer))).Status);
        var order = await Place(customer, dish);
        foreach (var status in new[] { "receive", "cook", "cooked", "ship" })
        {
            await Eventually.Holds(async () =>
                Assert.Equal(200, (await Of("Store").Rest("PATCH", $"/deliveries/{order}", Tokens.For("ops", "operator"), new { status })).Status));
        }

        var more = (await Task.WhenAll(AccessTable.Contexts.Select(context => context.Own(this, customer)))).SelectMany(static own => own)
            .ToDictionary(static own => own.Name, static own => own.Number, StringComparer.Ordinal);
        Assert.Equal(200, (await Of("Customer").Rest("PUT", $"/owners/{store}/contact", Tokens.For("ops", "operator"), new { channel = "none" })).Status);
        var payments = await Of("Pay").Rest("GET", $"/payments?orderId={order}", Tokens.For("ops", "operator"));
        var payment = JsonDocument.Parse(payments.Text).RootElement.GetProperty("_embedded").GetProperty("payments")[0].GetProperty("paymentId").GetInt64();
        return new Given(order, store, await SignUp(customer), payment, customer, more);
    }

    private async Task<string> SignUp(string customer)
    {
        var signedUp = await Of("Customer").Rest("POST", "/members", Tokens.For(customer, "customer"), new { name = customer, phone = "010-1234-5678" });
        Assert.True(signedUp.Status == 201, signedUp.ToString());
        return signedUp.Word("membershipNumber");
    }

    [CollectionDefinition(Name)]
    public sealed class Shared : ICollectionFixture<ClosedPlatform>;
}
