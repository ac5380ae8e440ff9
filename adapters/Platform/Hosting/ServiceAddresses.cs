using FoodDelivery.Platform.Hosting.Startup;
using Microsoft.Extensions.Configuration;

namespace FoodDelivery.Platform.Hosting;

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
        ArgumentNullException.ThrowIfNull(configuration);
        var section = configuration.GetSection(key);
        string[] texts = section.Value is { Length: > 0 } one
            ? one.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : [.. section.GetChildren().Select(static child => child.Value ?? "")];
        if (texts.Length > 0)
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
