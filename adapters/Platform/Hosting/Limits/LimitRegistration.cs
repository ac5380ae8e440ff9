using FoodDelivery.Platform.Hosting.Startup;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Platform.Hosting.Limits;

/// <summary>Registers the limits.</summary>
internal static class LimitRegistration
{
    /// <exception cref="SettingException">A setting is no such number.</exception>
    public static IServiceCollection AddServerLimit(this IServiceCollection services, IConfiguration configuration) =>
        services.AddSingleton(ServerLimitOptions.Read(configuration)).AddSingleton<LimitMeasures>();

    /// <exception cref="SettingException">A setting is no such number.</exception>
    public static IServiceCollection AddClientLimit(this IServiceCollection services, IConfiguration configuration) =>
        services.AddSingleton(ClientLimitOptions.Read(configuration));
}
