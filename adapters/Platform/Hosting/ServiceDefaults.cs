using System.Diagnostics;
using System.Net;
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
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FoodDelivery.Platform.Hosting;

/// <summary>The routes that every service has.</summary>
public static class ServiceDefaults
{
    /// <summary>Adds the error boundary, the check of tokens, probes, metrics and the API's description. Call it before the service's own routes.</summary>
    public static WebApplication MapServiceDefaults(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseBoundaries();
        app.UseSecurity();
        app.MapServiceRpc();
        app.MapHealthPages();
        app.MapMetricsPage();
        app.MapApiDescription();
        return app;
    }

    /// <summary>What a gateway has of its own: the error boundaries, the check of tokens, probes, metrics and in Development the page of the API; no gRPC services and no operations.</summary>
    public static WebApplication MapGatewayDefaults(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseBoundaries(static edge => edge.UseForwardedHeaders().UseMiddleware<RequestIds>().UseMiddleware<UnambiguousLength>());
        if (app.Environment.IsDevelopment())
            app.MapApiPage();

        app.UseCallers();
        app.UseClientLimit();
        app.UseAuthorization();
        app.MapHealthPages();
        app.MapMetricsPage();
        return app;
    }

    // What every request passes, whoever it is for, before it is asked who calls.
    private static void UseBoundaries(this WebApplication app, Action<IApplicationBuilder>? atTheEdge = null)
    {
        app.UseMiddleware<HeadRequests>();
        app.UseMiddleware<RequestText>();
        app.UseRouting();
        app.UseMiddleware<ConnectionDrain>();
        app.UseMiddleware<ProbePort>();
        atTheEdge?.Invoke(app);
        app.UseMiddleware<RefusalBoundary>();
        app.UseMiddleware<Upgrades>();
        app.UseBrowserAccess();
        if (app.Environment.IsDevelopment())
            app.UseMiddleware<CrossSiteCheck>();

        app.UseMiddleware<ServerLimit>();
    }
}

/// <summary>What a gateway does otherwise than a service: its callers are strangers.</summary>
public static class GatewayBuilder
{
    private const string TrustedProxies = "Gateway:TrustedProxies";

    /// <summary>Starts traces here, and believes <c>X-Forwarded-For</c> only of the addresses in <c>Gateway:TrustedProxies</c>.</summary>
    /// <exception cref="SettingException">One of them is no address.</exception>
    public static WebApplicationBuilder AddGatewayDefaults(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.WebHost.ConfigureKestrel(Listening.ConfigureWayIn);
        builder.Services.AddSingleton<DistributedContextPropagator, NewTracePropagator>().AddClientLimit(builder.Configuration);
        var trusted = Setting.List(builder.Configuration, TrustedProxies).Select(Parse).ToList();
        builder.Services.AddSingleton(services => ActivatorUtilities.CreateInstance<ConnectionLimit>(services, (IReadOnlyList<System.Net.IPNetwork>)trusted));
        builder.Services.Configure<ForwardedHeadersOptions>(forwarded =>
        {
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();

            // Every trusted proxy in the row adds one address; the first that is none of theirs is the client's.
            forwarded.ForwardLimit = null;
            trusted.ForEach(forwarded.KnownIPNetworks.Add);
            forwarded.ForwardedHeaders = trusted.Count > 0 ? ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto : ForwardedHeaders.None;
        });
        return builder;
    }

    private static System.Net.IPNetwork Parse(string text) =>
        System.Net.IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new System.Net.IPNetwork(address, address.GetAddressBytes().Length * 8)
        : throw new SettingException($"The setting {TrustedProxies} has '{text}'; it must be IP addresses or networks like 10.0.0.0/8.");
}
