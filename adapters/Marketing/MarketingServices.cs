using FoodDelivery.Adapters.Marketing.Messaging;
using FoodDelivery.Adapters.Marketing.Persistence;
using FoodDelivery.Marketing;
using FoodDelivery.Marketing.Ports;
using FoodDelivery.Platform.Hosting.Startup;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Messaging.Rebuilding;
using FoodDelivery.Platform.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FoodDelivery.Adapters.Marketing;

/// <summary>Registration of the Marketing context.</summary>
public static class MarketingServices
{
    /// <summary>Use cases, persistence and what follows Ordering and Store; needs an event log beside it. It publishes nothing.</summary>
    /// <exception cref="SettingException">A setting cannot be used; the message names it.</exception>
    public static IServiceCollection AddMarketing(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var options = MarketingOptions.Read(configuration);
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddDatabase("marketing", typeof(MarketingServices))
            .AddSingleton(options)
            .AddSingleton(options.Coupons)
            .AddSingleton<ITallies, SqlTallies>()
            .AddSingleton<IEvidence, SqlEvidence>()
            .AddSingleton<IMenus, SqlMenus>()
            .AddSingleton<ICoupons, SqlCoupons>()
            .AddSingleton<IOrderHistory, LogOrderHistory>()
            .AddSingleton<TallyOrdersHandler>()
            .AddSingleton<RecommendHandler>()
            .AddSingleton<GetCouponHandler>()
            .AddSingleton<ListCouponsHandler>()
            .AddSingleton<ReplicateMenusHandler>()
            .AddSingleton<IssueCouponsHandler>()
            .AddSingleton(provider => new RebuildTalliesHandler(
                provider.GetRequiredService<ITallies>(),
                provider.GetRequiredService<IOrderHistory>(),
                options.HalfLife,
                provider.GetRequiredService<TimeProvider>()))
            .AddRebuild(static provider => new Rebuild(
                "recommendations",
                provider.GetRequiredService<RebuildTalliesHandler>().IsUnderWay,
                provider.GetRequiredService<RebuildTalliesHandler>().Continue))
            .AddMarketingConsumers();
    }
}
