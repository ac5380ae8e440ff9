using Microsoft.Extensions.Configuration;

namespace FoodDelivery.Services.Gateway.Routes;

/// <summary>Everything that the public may ask for, as the settings have it now.</summary>
internal static class GatewayRoutes
{
    public const string Section = "Gateway:Routes";

    /// <exception cref="Platform.Hosting.Startup.SettingException">One of the routes is none.</exception>
    public static IReadOnlyList<GatewayRoute> Read(IConfiguration configuration) =>
    [
        .. configuration.GetSection(Section).GetChildren()
            .Where(static route => !string.IsNullOrWhiteSpace(route.Value))
            .Select(static route => GatewayRoute.Parse(route.Key, route.Value!)),
    ];
}
