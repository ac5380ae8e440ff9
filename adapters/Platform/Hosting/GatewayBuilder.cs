using System.Diagnostics;
using System.Net;
using FoodDelivery.Platform.Hosting.Limits;
using FoodDelivery.Platform.Hosting.Startup;
using FoodDelivery.Platform.Hosting.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Platform.Hosting;

/// <summary>What a gateway does otherwise than a service: its callers are strangers.</summary>
public static class GatewayBuilder
{
    private const string TrustedProxies = "Gateway:TrustedProxies";

    /// <summary>Starts traces here, and believes <c>X-Forwarded-For</c> only of the addresses in <c>Gateway:TrustedProxies</c>.</summary>
    /// <exception cref="SettingException">One of them is no address.</exception>
    public static WebApplicationBuilder AddGatewayDefaults(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton<DistributedContextPropagator, NewTracePropagator>().AddClientLimit(builder.Configuration);
        var trusted = (builder.Configuration[TrustedProxies] ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        builder.Services.Configure<ForwardedHeadersOptions>(forwarded =>
        {
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            forwarded.ForwardedHeaders = trusted.Length > 0 ? ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto : ForwardedHeaders.None;
        });
        foreach (var network in trusted.Select(Parse))
            builder.Services.Configure<ForwardedHeadersOptions>(forwarded => forwarded.KnownIPNetworks.Add(network));

        return builder;
    }

    private static System.Net.IPNetwork Parse(string text) =>
        System.Net.IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new System.Net.IPNetwork(address, address.GetAddressBytes().Length * 8)
        : throw new SettingException($"The setting {TrustedProxies} has '{text}'; it must be IP addresses or networks like 10.0.0.0/8.");
}
