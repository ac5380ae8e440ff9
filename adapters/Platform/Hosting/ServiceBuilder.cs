using System.Diagnostics;
using FoodDelivery.Platform.Hosting.Describing;
using FoodDelivery.Platform.Hosting.Edge;
using FoodDelivery.Platform.Hosting.Errors;
using FoodDelivery.Platform.Hosting.Health;
using FoodDelivery.Platform.Hosting.Limits;
using FoodDelivery.Platform.Hosting.Metrics;
using FoodDelivery.Platform.Hosting.Rest;
using FoodDelivery.Platform.Hosting.Rpc;
using FoodDelivery.Platform.Hosting.Security;
using FoodDelivery.Platform.Hosting.Startup;
using FoodDelivery.Platform.Hosting.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FoodDelivery.Platform.Hosting;

/// <summary>Makes the builder of a service, with everything that all services have in common.</summary>
public static class ServiceBuilder
{
    private static readonly Dictionary<string, string> Switches = new(StringComparer.OrdinalIgnoreCase)
    {
        ["--data"] = "Data:Directory",
        ["--settings"] = SettingsFile.Setting,
    };

    // Watching files takes one of the few watches that a user has of Linux, and where they are used up nothing would start.
    private const string WithoutWatches = "--hostBuilder:reloadConfigOnChange=false";

    /// <summary>A builder for a service of the <see cref="ServiceCatalog"/>, on the ports that stand there unless the settings say otherwise.</summary>
    /// <exception cref="SettingException">A setting cannot be used.</exception>
    public static WebApplicationBuilder Create(string name, string[] args)
    {
        var service = ServiceCatalog.Find(name);
        var rest = new ListenedPort($"{service.Name}:RestPort", service.RestPort, HttpProtocols.Http1);
        return Create(service.Name, args, service.GrpcPort is { } grpc ? [rest, new ListenedPort($"{service.Name}:GrpcPort", grpc, HttpProtocols.Http2)] : [rest]);
    }

    /// <summary>A builder that knows its ports, its data directory, its limits and its manners.</summary>
    /// <param name="name">The service's name; its own settings begin with it: <c>Order:RestPort</c>.</param>
    /// <param name="args">The command line: settings, such as <c>--Order:RestPort=0 --data DIR</c>.</param>
    /// <param name="restPort">The port for HTTP/1.1 unless the settings say otherwise.</param>
    /// <param name="grpcPort">The port for HTTP/2 unless the settings say otherwise.</param>
    /// <exception cref="SettingException">A setting cannot be used.</exception>
    public static WebApplicationBuilder Create(string name, string[] args, int restPort, int grpcPort) => Create(
        name,
        args,
        new ListenedPort($"{name}:RestPort", restPort, HttpProtocols.Http1),
        new ListenedPort($"{name}:GrpcPort", grpcPort, HttpProtocols.Http2));

    /// <summary>A builder for what listens on other ports than a service does.</summary>
    /// <exception cref="SettingException">A setting cannot be used.</exception>
    public static WebApplicationBuilder Create(string name, string[] args, params IReadOnlyList<ListenedPort> ports)
    {
        CommandLine.Check(args);

        // Settings lie beside the program, wherever it is started from; data is relative to where it is started.
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { Args = [.. args, WithoutWatches], ApplicationName = name, ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = [.. ServiceCatalog.Settings, .. ServiceConsole.Quiet] });
        builder.Configuration.AddCommandLine(args, Switches);
        SettingsFile.Add(builder.Configuration);
        var settings = ServiceSettings.Read(builder.Configuration, name, builder.Environment.IsDevelopment(), ports);
        builder.Configuration.AddInMemoryCollection([new("Data:Directory", settings.DataDirectory)]);

        builder.WebHost.UseSetting(WebHostDefaults.ServerUrlsKey, null).ConfigureKestrel(server => Listening.Configure(server, settings));
        builder.Logging.AddServiceConsole(name, builder.Configuration);
        builder.Services
            .AddSingleton(settings)
            .AddSingleton(settings.Security)
            .AddSingleton(new WarmUpCalls(settings.Security))
            .AddSingleton<StartupPhase>()
            .AddSingleton(TimeProvider.System)
            .AddSingleton<DistributedContextPropagator, TracePropagator>()
            .AddDraining(settings)
            .AddServiceHealth()
            .AddMetricsPage()
            .AddTelemetryExport(name, builder.Configuration)
            .AddSingleton<RefusalMetrics>()
            .AddServerLimit(builder.Configuration)
            .AddServiceRpc()
            .AddAccess(builder.Configuration, builder.Environment.IsDevelopment())
            .AddBrowserAccess(builder.Configuration, builder.Environment.IsDevelopment())
            .ConfigureHttpJsonOptions(static json => RestJson.Apply(json.SerializerOptions))
            .AddApiDescription(name);
        if (!Setting.Flag(builder.Configuration, "Shutdown:OnSignal", otherwise: true))
            builder.Services.AddSingleton<IHostLifetime, NoopHostLifetime>();

        return builder;
    }
}

/// <summary>A port, and what is spoken there.</summary>
/// <param name="Key">The setting that changes its number.</param>
/// <param name="Number">Its number unless the settings say otherwise; 0 is any free one.</param>
/// <param name="Protocols">HTTP/1.1 or HTTP/2: without encryption a port can speak only one.</param>
public sealed record ListenedPort(string Key, int Number, HttpProtocols Protocols)
{
    /// <summary>Whether it is for probes and metrics alone, which nothing encrypts.</summary>
    internal bool IsForProbes { get; init; }
}

/// <summary>Where another service is, as the settings have it: one address, several with commas between them, or a list; or else its port on this machine.</summary>
public static class ServiceAddresses
{
    /// <summary>A service's addresses for REST and gRPC-Web: <c>Order:RestAddresses</c>.</summary>
    /// <exception cref="SettingException">One of them is no http address, or none is known.</exception>
    public static IReadOnlyList<Uri> Rest(IConfiguration configuration, string service) => Read(configuration, $"{service}:RestAddresses", $"{service}:RestPort");

    /// <summary>A service's addresses for gRPC: <c>Order:Addresses</c>.</summary>
    /// <exception cref="SettingException">One of them is no http address, or none is known.</exception>
    public static IReadOnlyList<Uri> Rpc(IConfiguration configuration, string service) => Read(configuration, $"{service}:Addresses", $"{service}:GrpcPort");

    private static IReadOnlyList<Uri> Read(IConfiguration configuration, string key, string port)
    {
        var texts = Setting.List(configuration, key);
        if (texts.Count > 0)
            return [.. texts.Select(text => Parse(key, text))];

        return configuration[port] is null
            ? throw new SettingException($"The setting {key} is missing; a route leads to that service.")
            : [new Uri($"http://localhost:{Setting.WholeNumber(configuration, port, 0, 0, 65535)}")];
    }

    private static Uri Parse(string key, string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.Host.Length > 0
            ? address
            : throw new SettingException($"The setting {key} has '{text}'; it must be an address like http://localhost:9082.");
}
