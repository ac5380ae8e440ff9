using System.Net;
using System.Net.Sockets;
using FoodDelivery.Platform.Hosting.Startup;
using Microsoft.Extensions.Configuration;

namespace FoodDelivery.Services.Local;

/// <summary>What the services of this process are told: the command line, and what they must agree upon.</summary>
/// <param name="IsDevelopment">Whether nobody needs a token; so unless somebody says otherwise.</param>
/// <param name="DoorPort">The port of the door.</param>
/// <param name="Services">Each service's name, REST port and gRPC port.</param>
/// <param name="DataDirectory">Where all data lies.</param>
/// <param name="Arguments">The command line that every service gets.</param>
internal sealed record LocalSettings(
    bool IsDevelopment, int DoorPort, IReadOnlyList<(string Name, int Rest, int Grpc)> Services, string DataDirectory, string[] Arguments)
{
    private static readonly (string Name, int Rest, int Grpc)[] Usual =
        [("Order", 8081, 9081), ("Pay", 8082, 9082), ("Store", 8083, 9083), ("Customer", 8084, 9084)];

    /// <exception cref="SettingException">A port is none.</exception>
    public static LocalSettings Read(string[] args)
    {
        var told = new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true)
            .AddEnvironmentVariables("ASPNETCORE_").AddEnvironmentVariables("DOTNET_").AddEnvironmentVariables()
            .AddCommandLine(args)
            .Build();
        var environment = told["environment"] ?? "Development";
        var door = Port(told, "Local:DoorPort", 8080);
        (string Name, int Rest, int Grpc)[] services =
            [.. Usual.Select(usual => (usual.Name, Port(told, $"{usual.Name}:RestPort", usual.Rest), Port(told, $"{usual.Name}:GrpcPort", usual.Grpc)))];
        var pay = told.GetSection("Pay:Addresses").Exists() ? [] : new[] { $"--Pay:Addresses=http://localhost:{services[1].Grpc}" };
        string[] agreed =
        [
            $"--environment={environment}",
            "--Shutdown:OnSignal=false",
            $"--Local:DoorPort={door}",
            .. services.SelectMany(static service => new[] { $"--{service.Name}:RestPort={service.Rest}", $"--{service.Name}:GrpcPort={service.Grpc}" }),
            .. pay,
        ];
        return new LocalSettings(
            environment is "Development", door, services, Path.GetFullPath(told["data"] ?? told["Data:Directory"] ?? "data"), [.. args, .. agreed]);
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
