using System.Diagnostics;
using System.Net;
using FoodDelivery.Platform.Hosting.Security;
using FoodDelivery.Platform.Hosting.Tls;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy.Forwarder;

namespace FoodDelivery.Platform.Hosting;

/// <summary>Hands requests on to the service that answers them, body and answer as streams, over HTTP/1.1.</summary>
public static class Forwarding
{
    private static readonly ForwarderRequestConfig Config = new()
    {
        Version = HttpVersion.Version11,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,

        // A watched order may be quiet for a while.
        ActivityTimeout = TimeSpan.FromMinutes(10),
    };

    /// <summary>Registers what forwarding needs.</summary>
    public static IServiceCollection AddForwarding(this IServiceCollection services) =>
        services.AddHttpForwarder().AddSingleton<ForwardingClient>();

    /// <summary>Hands everything under a path, given without its first slash, on to a service.</summary>
    public static void MapForwarded(this WebApplication app, string service, string segment) =>
        app.MapForwarded(service, $"/{segment}/{{**rest}}", segment);

    /// <summary>Hands the gRPC-Web calls of a Protobuf package on to a service.</summary>
    public static void MapForwardedGrpcWeb(this WebApplication app, string service, string package) =>
        app.MapForwarded(service, $"/{package}.{{service}}/{{method}}", package);

    private static void MapForwarded(this WebApplication app, string service, string pattern, string what)
    {
        ArgumentNullException.ThrowIfNull(app);
        var address = ServiceAddresses.Rest(app.Configuration, service)[0].GetLeftPart(UriPartial.Authority);
        var client = app.Services.GetRequiredService<ForwardingClient>();
        app.MapForwarder(pattern, address, Config, HttpTransformer.Default, client.Invoker)
            .DisableGrpcWeb()
            .WithDisplayName($"{what} → {service}")

            // The service behind it checks the token, which is handed on as it is.
            .AllowWithoutToken();
    }

    // The connections to the services, pooled and shared.
    private sealed class ForwardingClient(TransportSecurity security) : IDisposable
    {
        public HttpMessageInvoker Invoker { get; } = new(security.ForServices(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = TimeSpan.FromSeconds(2),
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
            UseCookies = false,
            UseProxy = false,
            ActivityHeadersPropagator = DistributedContextPropagator.CreateDefaultPropagator(),
        }));

        public void Dispose() => Invoker.Dispose();
    }
}
