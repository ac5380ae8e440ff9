using System.Text.Json;
using FoodDelivery.Platform.Hosting;
using FoodDelivery.Tests.Support.Rest;
using Grpc.Net.Client;

namespace FoodDelivery.Tests.Support.Processes;

/// <summary>The whole product on one data folder: all services in one process, or each in its own.</summary>
public sealed class Fleet : IPlatform, IAsyncDisposable
{
    // What an order passes. Nothing needs the others: they join when a test says so, and all live in Local.
    private static readonly string[] Needed = ["Order", "Pay", "Store", "Customer"];

    private readonly DataFolder _data = new();
    private readonly Dictionary<string, PlatformProcess> _processes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RestClient> _clients = new(StringComparer.Ordinal);
    private readonly Dictionary<string, GrpcChannel> _channels = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<string> _settings;
    private readonly Func<string, IReadOnlyDictionary<string, string>>? _environment;

    private Fleet(IReadOnlyList<string> settings, Func<string, IReadOnlyDictionary<string, string>>? environment = null)
    {
        _environment = environment;
        Addresses = ServiceCatalog.Services.Where(static service => service.GrpcPort is not null)
            .ToDictionary(static service => service.Name, static service => ServiceAddress.Free(service.Name), StringComparer.Ordinal);
        Proxy = new Uri($"http://localhost:{FreePort.Next()}");
        Identity = new Uri($"http://localhost:{FreePort.Next()}");
        _settings = settings;
        foreach (var address in Addresses.Values)
        {
            _clients[address.Service] = new RestClient(address.Rest);
            _channels[address.Service] = GrpcChannel.ForAddress(address.Grpc);
        }

        _clients["Proxy"] = new RestClient(Proxy);
        _clients["Identity"] = new RestClient(Identity);
    }

    /// <summary>Where each service listens, by its name.</summary>
    public IReadOnlyDictionary<string, ServiceAddress> Addresses { get; }

    /// <summary>The development proxy to every route, which Local has.</summary>
    public Uri Proxy { get; }

    /// <summary>Local's authorization server.</summary>
    public Uri Identity { get; }

    /// <summary>The folder of all databases.</summary>
    public string Data => _data.Path;

    /// <summary>A process by its name: Local, Order, Store-2, …</summary>
    public PlatformProcess this[string process] => _processes[process];

    /// <inheritdoc/>
    public string Files => Data;

    /// <inheritdoc/>
    public string Output => string.Join(Environment.NewLine, _processes.Values.Select(static process => process.Output));

    /// <inheritdoc/>
    public RestClient Rest(string service) => _clients[service];

    /// <summary>A token of one of Local's demo clients.</summary>
    public async Task<string> Token(string client)
    {
        using var http = new HttpClient { BaseAddress = Identity };
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "client_credentials", ["client_id"] = client, ["client_secret"] = "demo",
        });
        using var answer = await http.PostAsync(new Uri("/connect/token", UriKind.Relative), form);
        using var body = JsonDocument.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync());
        return body.RootElement.GetProperty("access_token").GetString()!;
    }

    /// <summary>gRPC of a service by its name.</summary>
    public GrpcChannel Channel(string service) => _channels[service];

    /// <summary>Starts all services in one process.</summary>
    public static Task<Fleet> Local(params string[] settings) => LocalOn(static _ => { }, settings);

    /// <summary>The same, with more in the process's environment.</summary>
    public static Task<Fleet> Local(IReadOnlyDictionary<string, string> environment, params string[] settings) => LocalOn(static _ => { }, environment, settings);

    /// <summary>The same, on a data folder that <paramref name="prepare"/> has filled.</summary>
    public static Task<Fleet> LocalOn(Action<string> prepare, params string[] settings) => LocalOn(prepare, environment: null, settings);

    private static async Task<Fleet> LocalOn(Action<string> prepare, IReadOnlyDictionary<string, string>? environment, IReadOnlyList<string> settings)
    {
        var fleet = new Fleet(settings, environment is null ? null : _ => environment);
        prepare(fleet.Data);
        fleet.Add("Local", "Local", [.. fleet.Addresses.Values]);
        return await fleet.Started();
    }

    /// <summary>Starts each service in a process of its own, without a gateway and what else may join.</summary>
    public static Task<Fleet> Apart(params string[] settings) => Apart([], null, settings);

    /// <summary>The same, with more in the environment of each process, by its service.</summary>
    public static Task<Fleet> Apart(Func<string, IReadOnlyDictionary<string, string>> environment, params string[] settings) => Apart([], environment, settings);

    /// <summary>The same, and some others are left out as well: they may join later, or somebody else listens at their addresses.</summary>
    public static Task<Fleet> Without(IReadOnlyCollection<string> absent, params IReadOnlyList<string> settings) => Apart(absent, null, settings);

    private static async Task<Fleet> Apart(
        IReadOnlyCollection<string> absent, Func<string, IReadOnlyDictionary<string, string>>? environment, IReadOnlyList<string> settings)
    {
        var fleet = new Fleet(settings, environment);
        foreach (var address in fleet.Addresses.Values.Where(address => Needed.Contains(address.Service) && !absent.Contains(address.Service)))
            fleet.Add(address.Service, address.Service, [address]);
        return await fleet.Started();
    }

    /// <summary>Starts a service that was left out.</summary>
    public Task Join(string service)
    {
        Add(service, service, [Addresses[service]]);
        return _processes[service].Start();
    }

    /// <summary>Starts the development proxy for services that run apart.</summary>
    public Task JoinProxy()
    {
        _processes.Add(
            "Proxy",
            new PlatformProcess("Gateway", [new ServiceAddress("Proxy", Proxy.Port, GrpcPort: 0)], [.. Arguments([]), "--Gateway:DevelopmentProxy=true"]));
        return _processes["Proxy"].Start();
    }

    /// <summary>Starts one more process of a service, on ports of its own and the same data.</summary>
    /// <returns>Where it listens.</returns>
    public async Task<ServiceAddress> Another(string service, string name)
    {
        var address = ServiceAddress.Free(service);
        Add(name, service, [address]);
        await _processes[name].Start();
        return address;
    }

    /// <summary>The command line of a service, for a test that hosts it itself.</summary>
    public string[] Arguments(string service) => [.. Arguments([Addresses[service]])];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients.Values)
            client.Dispose();
        foreach (var channel in _channels.Values)
            channel.Dispose();
        foreach (var process in _processes.Values)
            await process.DisposeAsync();
        _data.Dispose();
    }

    private void Add(string name, string program, IReadOnlyList<ServiceAddress> hosted) =>
        _processes.Add(name, new PlatformProcess(program, hosted, [.. Arguments(hosted)], _environment?.Invoke(name)));

    // Development: no tokens, and nobody waits for a balancer. Each knows where the others are.
    private IEnumerable<string> Arguments(IReadOnlyList<ServiceAddress> hosted) =>
    [
        "--environment=Development",
        $"--data={Data}",
        $"--Local:DoorPort={Proxy.Port}",
        $"--Identity:RestPort={Identity.Port}",
        .. hosted.UnionBy(Addresses.Values, static address => address.Service).SelectMany(static address => address.Settings()),
        .. _settings,
    ];

    private async Task<Fleet> Started()
    {
        try
        {
            await Task.WhenAll(_processes.Values.Select(static process => process.Start()));
            return this;
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }
}
