using FoodDelivery.Payments;
using FoodDelivery.Payments.Ports;
using FoodDelivery.Platform.Hosting.Startup;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Adapters.Payments.Provider.Toss;

/// <summary>Registration of Toss Payments.</summary>
internal static class TossServices
{
    /// <exception cref="SettingException">One of the settings cannot be used.</exception>
    public static IServiceCollection AddToss(this IServiceCollection services, IConfiguration configuration)
    {
        var settings = TossSettings.Read(configuration);
        return services
            .AddSingleton(settings)
            .AddSingleton<TossApi>()
            .AddSingleton(CardSeal.Read(configuration))
            .AddSingleton<CustomerCards>()
            .AddSingleton<OrderNumbers>()
            .AddSingleton<ICards, RegisteringCards>()
            .AddSingleton<RegisterCardHandler>()
            .AddPunctual<TossProvider>(ProviderBounds.Read(configuration));
    }
}
