using FoodDelivery.Platform.Hosting.Startup;
using Microsoft.Extensions.Configuration;

namespace FoodDelivery.Platform.Hosting.Forwarding;

/// <summary>Where a service's replicas are: <c>Order:RestAddresses</c> and <c>Order:Addresses</c> (gRPC), or else its ports on this machine.</summary>
internal static class ServicePlaces
{
    private static readonly Dictionary<string, (int Http1, int Http2)> Ports = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Order"] = (8081, 9081), ["Pay"] = (8082, 9082), ["Store"] = (8083, 9083), ["Customer"] = (8084, 9084), ["Marketing"] = (8085, 9085), ["Identity"] = (8086, 8086),
    };

    /// <summary>Its addresses for REST and gRPC-Web.</summary>
    /// <exception cref="SettingException">One of them is none, or none is known.</exception>
    public static IReadOnlyList<Uri> Rest(IConfiguration configuration, string service) =>
        Read(configuration, service, "RestAddresses", "RestPort", static ports => ports.Http1);

    /// <summary>Its addresses for gRPC.</summary>
    /// <exception cref="SettingException">One of them is none, or none is known.</exception>
    public static IReadOnlyList<Uri> Rpc(IConfiguration configuration, string service) =>
        Read(configuration, service, "Addresses", "GrpcPort", static ports => ports.Http2);

    private static IReadOnlyList<Uri> Read(
        IConfiguration configuration, string service, string addresses, string port, Func<(int Http1, int Http2), int> usual)
    {
        if (!Ports.TryGetValue(service, out var known) && !configuration.GetSection($"{service}:{addresses}").Exists())
            throw new SettingException($"The setting {service}:{addresses} is missing; a route leads to that service.");

        var number = Setting.WholeNumber(configuration, $"{service}:{port}", usual(known), 0, 65535);
        return ServiceAddresses.Read(configuration, $"{service}:{addresses}", $"http://localhost:{number}");
    }
}
