using System.Net.Http.Headers;
using FoodDelivery.Platform.Hosting;
using FoodDelivery.Platform.Hosting.Health;
using FoodDelivery.Platform.Hosting.Security;
using FoodDelivery.Services.Gateway.Routes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;
using Yarp.ReverseProxy.Transforms;

namespace FoodDelivery.Services.Gateway;

/// <summary>The gateway: the public's single entry to all services, by REST, gRPC and gRPC-Web.</summary>
public static class GatewayService
{
    /// <summary>Builds it from a command line.</summary>
    public static WebApplication Build(string[] args)
    {
        var builder = ServiceBuilder.Create("Gateway", args);
        builder.AddGateway();
        var app = builder.Build();
        app.MapGateway();
        return app;
    }

    /// <summary>Registers the gateway; its routes and the services' addresses come from the settings.</summary>
    /// <exception cref="Platform.Hosting.Startup.SettingException">A route or an address is none.</exception>
    public static WebApplicationBuilder AddGateway(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.Environment.IsDevelopment())
        {
            // How one comes by a token, where Identity is; elsewhere somebody else gives them.
            var open = builder.Configuration.GetSection("Gateway:DevelopmentRoutes").GetChildren();
            builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = [.. open.Select(static route => KeyValuePair.Create($"{GatewayRoute.Section}:{route.Key}", route.Value))] });
        }

        builder.AddGatewayDefaults();
        builder.Services.AddRequestTimeouts();
        builder.Services.AddReverseProxy().AddTransforms(static transforms =>
        {
            transforms.AddXForwarded(ForwardedTransformActions.Set);
            transforms.AddRequestHeaderRemove("Forwarded");

            // Who may read an answer is decided here; a service that decided too would say it twice.
            transforms.AddRequestHeaderRemove("Origin");
            transforms.AddRequestHeaderRemove("Sec-Fetch-Site");
            transforms.AddResponseTransform(DepartureNotice.Observe);
            transforms.AddResponseTransform(StreamBeginnings.Send);
        });
        builder.Services
            .Configure<AnonymousCallers>(static strangers => strangers.AreOperators = false)
            .AddSingleton<ServiceDescriptions>()
            .AddSingleton<IProxyConfigProvider, GatewayConfiguration>()
            .AddSingleton<IForwarderHttpClientFactory, GatewayConnections>()
            .AddSingleton<IActiveHealthCheckPolicy, ReadinessPolicy>()
            .AddHostedService<ReplicaMetrics>()
            .Configure<TransportFailureRateHealthPolicyOptions>(static failures =>
            {
                failures.DetectionWindowSize = TimeSpan.FromSeconds(5);
                failures.DefaultFailureRateLimit = 0.5;
            });

        // Before its first look at them a gateway does not know which replicas to spare.
        builder.Services.AddReadiness("probed", static services => services.GetRequiredService<IProxyStateLookup>().GetClusters()
            .All(static cluster => cluster.Destinations.Values.All(static replica => replica.Health.Active != DestinationHealth.Unknown)));
        return builder;
    }

    /// <summary>Maps the gateway's own pages and the public's routes, for callers with a token; nothing else is reachable. In Development a GET needs none.</summary>
    public static WebApplication MapGateway(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var readingIsFree = app.Environment.IsDevelopment();
        app.MapGatewayDefaults();
        app.UseRequestTimeouts();
        app.MapGet("/openapi/v1.json", static async (ServiceDescriptions services, HttpRequest request, CancellationToken cancellation) =>
        {
            var token = AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var given) ? given : null;
            return Results.Bytes(await services.Document(token, cancellation), "application/json; charset=utf-8");
        }).AllowEveryRole(readingIsFree);
        app.MapReverseProxy(static proxy =>
        {
            proxy.UseMiddleware<BrokenStreams>();
            proxy.UseMiddleware<RequestRetry>();
            proxy.UseLoadBalancing();
            proxy.UsePassiveHealthChecks();
        }).DisableGrpcWeb().WithMetadata(GatewayRequestKinds.Instance).AllowEveryRole(readingIsFree);
        return app;
    }
}
