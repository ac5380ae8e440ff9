using FoodDelivery.Platform.Hosting;
using FoodDelivery.Platform.Hosting.Startup;
using Microsoft.Extensions.Configuration;

namespace FoodDelivery.Platform.Forwarding;

/// <summary>Where a service's REST is: <c>Order:RestAddress</c>, or else its port on this machine.</summary>
internal static class RestAddress
{
    private static readonly Dictionary<string, int> Ports =
        new(StringComparer.Ordinal) { ["Order"] = 8081, ["Pay"] = 8082, ["Store"] = 8083, ["Customer"] = 8084 };

    public static string Of(IConfiguration configuration, string service)
    {
        var port = Setting.WholeNumber(configuration, $"{service}:RestPort", Ports[service], 1, 65535);
        return ServiceAddresses.Read(configuration, $"{service}:RestAddress", $"http://localhost:{port}")[0].GetLeftPart(UriPartial.Authority);
    }
}
