using System.Net;
using System.Net.Sockets;
using FoodDelivery.Platform.Hosting.Startup;
using Microsoft.Extensions.Configuration;

namespace FoodDelivery.Services.Local;

/// <summary>What the services of this process are told: the command line, and what they must agree upon.</summary>
/// <param name="IsDevelopment">Whether nobody needs a token; so unless somebody says otherwise.</param>
/// <param name="ProxyPort">The port of the development proxy.</param>
/// <param name="IdentityPort">The port of development's authorization server; null where another provider is set.</param>
/// <param name="Services">Where each service listens.</param>
/// <param name="DataDirectory">Where all data lies.</param>
/// <param name="Arguments">The command line that every service gets.</param>
internal sealed record LocalSettings(
    bool IsDevelopment, int ProxyPort, int? IdentityPort, IReadOnlyList<LocalService> Services, string DataDirectory, string[] Arguments)
{
    private static readonly LocalService[] Usual =
    [
        new("Order", 8081, 9081),
        new("Pay", 8082, 9082),
        new("Store", 8083, 9083),
        new("Customer", 8084, 9084),
        new("Marketing", 8085, 9085),
        new("Gateway", 8088, 9088),
    ];

    /// <exception cref="SettingException">A port is none, or the command line has what is no setting.</exception>
    public static LocalSettings Read(string[] args)
    {
        CommandLine.Check(args);
        var told = new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true)
            .AddEnvironmentVariables("ASPNETCORE_").AddEnvironmentVariables("DOTNET_").AddEnvironmentVariables()
            .AddCommandLine(args)
            .Build();
        var environment = told["environment"] ?? "Development";
        var proxy = Port(told, "Local:DoorPort", 8080);
        int? identity = environment is "Development" && told["Auth:Authority"] is null ? Port(told, "Identity:RestPort", 8086) : null;
        LocalService[] services =
        [
            .. Usual.Select(usual => new LocalService(
                usual.Name, Port(told, $"{usual.Name}:RestPort", usual.RestPort), Port(told, $"{usual.Name}:GrpcPort", usual.GrpcPort))),
        ];
        var pay = services.First(static service => service.Name is "Pay");
        string[] agreed =
        [
            $"--environment={environment}",
            "--Shutdown:OnSignal=false",

            // Nobody balances between the services of one process, so none has to wait until somebody has noticed.
            .. told["Shutdown:DrainDelay"] is null ? new[] { "--Shutdown:DrainDelay=0" } : [],

            // Nor do they come and go one by one: probing them every second would only keep an idle machine busy.
            .. told["Gateway:Health:Interval"] is null ? new[] { "--Gateway:Health:Interval=10" } : [],
            $"--Local:DoorPort={proxy}",
            .. identity is null ? [] : new[] { $"--Identity:RestPort={identity}", $"--Auth:Authority=http://localhost:{identity}" },
            .. services.SelectMany(static service => new[] { $"--{service.Name}:RestPort={service.RestPort}", $"--{service.Name}:GrpcPort={service.GrpcPort}" }),
            .. told.GetSection("Pay:Addresses").Exists() ? [] : new[] { $"--Pay:Addresses=http://localhost:{pay.GrpcPort}" },
        ];
        return new LocalSettings(
            environment is "Development", proxy, identity, services, Path.GetFullPath(told["data"] ?? told["Data:Directory"] ?? "data"), [.. args, .. agreed]);
    }

    private static int Port(IConfiguration told, string key, int usual)
    {
        var port = Setting.WholeNumber(told, key, usual, 0, 65535);
        return port == 0 ? AnyFree() : port;
    }

    // Services must know each other's ports before they listen.
    private static int AnyFree()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>One service of this process.</summary>
/// <param name="Name">Its name, which its settings begin with.</param>
/// <param name="RestPort">HTTP/1.1.</param>
/// <param name="GrpcPort">HTTP/2.</param>
internal sealed record LocalService(string Name, int RestPort, int GrpcPort);
