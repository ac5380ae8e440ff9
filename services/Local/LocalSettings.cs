using System.Net;
using System.Net.Sockets;
using FoodDelivery.Platform.Hosting;
using FoodDelivery.Platform.Hosting.Startup;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace FoodDelivery.Services.Local;

/// <summary>What the services of this process are told: the command line, and what they must agree upon.</summary>
/// <param name="IsDevelopment">Whether nobody needs a token; so unless somebody says otherwise.</param>
/// <param name="ProxyPort">The port of the development proxy.</param>
/// <param name="Services">Where each service listens; development's authorization server is one where no other provider is set.</param>
/// <param name="DataDirectory">Where all data lies.</param>
/// <param name="Arguments">The command line that every service gets.</param>
internal sealed record LocalSettings(
    bool IsDevelopment, int ProxyPort, IReadOnlyList<CatalogedService> Services, string DataDirectory, string[] Arguments)
{
    private const string Identity = "Identity";

    /// <exception cref="SettingException">A port is none, or the command line has what is no setting.</exception>
    public static LocalSettings Read(string[] args)
    {
        CommandLine.Check(args);
        var told = new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true)
            .AddEnvironmentVariables("ASPNETCORE_").AddEnvironmentVariables("DOTNET_").AddEnvironmentVariables()
            .AddCommandLine(args, new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["--data"] = "Data:Directory" })
            .Build();

        // As every host reads it: unprefixed, the environment's names are other programs' too.
        var environment = new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true)
            .AddEnvironmentVariables("ASPNETCORE_").AddEnvironmentVariables("DOTNET_").AddCommandLine(args)
            .Build()["environment"] ?? Environments.Development;
        var isDevelopment = string.Equals(environment, Environments.Development, StringComparison.OrdinalIgnoreCase);
        var chosen = new HashSet<int>();
        var proxy = Port(told, "Local:DoorPort", 8080, chosen);
        CatalogedService[] services =
        [
            .. ServiceCatalog.Services
                .Where(service => service.Name is not Identity || (isDevelopment && told["Auth:Authority"] is null))
                .Select(usual => usual with
                {
                    RestPort = Port(told, $"{usual.Name}:RestPort", usual.RestPort, chosen),
                    GrpcPort = usual.GrpcPort is { } grpc ? Port(told, $"{usual.Name}:GrpcPort", grpc, chosen) : null,
                }),
        ];
        var identity = Array.Find(services, static service => service.Name is Identity)?.RestPort;
        string[] agreed =
        [
            $"--environment={environment}",
            "--Shutdown:OnSignal=false",

            // Nobody balances between the services of one process, so none has to wait until somebody has noticed.
            .. told["Shutdown:DrainDelay"] is null ? new[] { "--Shutdown:DrainDelay=0" } : [],

            // Nor do they come and go one by one: probing them every second would only keep an idle machine busy.
            .. told["Gateway:Health:Interval"] is null ? new[] { "--Gateway:Health:Interval=10" } : [],
            $"--Local:DoorPort={proxy}",
            .. identity is null ? [] : new[] { $"--Auth:Authority=http://localhost:{identity}" },
            .. services.Select(static service => $"--{service.Name}:RestPort={service.RestPort}"),
            .. services.Where(static service => service.GrpcPort is not null).Select(static service => $"--{service.Name}:GrpcPort={service.GrpcPort}"),
        ];
        return new LocalSettings(
            isDevelopment, proxy, services, Path.GetFullPath(told["Data:Directory"] ?? "data"), [.. args, .. agreed]);
    }

    private static int Port(IConfiguration told, string key, int usual, HashSet<int> chosen)
    {
        var port = Setting.WholeNumber(told, key, usual, 0, 65535);
        return port == 0 ? AnyFree(chosen) : port;
    }

    // Services must know each other's ports before they listen. What is free again may be offered again.
    private static int AnyFree(HashSet<int> chosen)
    {
        while (true)
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var port = ((IPEndPoint)listener.LocalEndpoint).Port;
            if (chosen.Add(port))
                return port;
        }
    }
}
