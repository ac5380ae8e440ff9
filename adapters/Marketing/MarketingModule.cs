using FoodDelivery.Adapters.Marketing.Grpc;
using FoodDelivery.Adapters.Marketing.Messaging;
using FoodDelivery.Adapters.Marketing.Persistence;
using FoodDelivery.Adapters.Marketing.Rest;
using FoodDelivery.Marketing;
using FoodDelivery.Marketing.Ports;
using FoodDelivery.Platform.Hosting.Rpc;
using FoodDelivery.Platform.Hosting.Security;
using FoodDelivery.Platform.Hosting.Startup;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Messaging.Operations;
using FoodDelivery.Platform.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FoodDelivery.Adapters.Marketing;

/// <summary>The Marketing context: what it consists of, and where it is reached.</summary>
public static class MarketingModule
{
    /// <summary>Registers use cases, persistence, messaging and the gRPC services; needs an event log beside it. It publishes nothing.</summary>
    /// <exception cref="SettingException">A setting cannot be used; the message names it.</exception>
    public static IServiceCollection AddMarketing(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var options = MarketingOptions.Read(configuration);
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddDatabase("marketing", typeof(MarketingModule))
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
            .AddRebuild<RebuildTalliesHandler>("recommendations")
            .AddMarketingConsumers()
            .AddSingleton<GrpcRecommendations>()
            .AddSingleton<GrpcCoupons>();
    }

    /// <summary>Maps the gRPC services and the REST routes.</summary>
    public static WebApplication MapMarketing(this WebApplication app)
    {
        app.MapGrpcService<GrpcRecommendations>()
            .AllowMethod(nameof(GrpcRecommendations.ListRecommendations), Roles.Customer);
        app.MapGrpcService<GrpcCoupons>()
            .AllowMethod(nameof(GrpcCoupons.GetCoupon), Roles.Customer)
            .AllowMethod(nameof(GrpcCoupons.ListCoupons), Roles.Customer);
        RecommendationRoutes.Map(app);
        CouponRoutes.Map(app);
        app.MapRebuild<RebuildTalliesHandler>(
            "recommendations",
            "RebuildRecommendations",
            "GetRecommendationsRebuild",
            "Counts anew, from the log, what recommendations are made of; the present counts serve until the new ones are complete.");
        return app;
    }
}

/// <summary>The settings under <c>Marketing</c>.</summary>
/// <param name="HalfLife">How long an order takes to lose half its weight.</param>
/// <param name="Coupons">What coupons are worth.</param>
internal sealed record MarketingOptions(TimeSpan HalfLife, CouponTerms Coupons)
{
    /// <exception cref="SettingException">A setting cannot be used; the message names it.</exception>
    public static MarketingOptions Read(IConfiguration configuration) => new(
        TimeSpan.FromHours(Setting.WholeNumber(configuration, "Marketing:HalfLifeHours", 7 * 24, 1, 24 * 365)),
        new CouponTerms(
            Setting.WholeNumber(configuration, "Marketing:CouponDiscountPercent", 10, 1, 100),
            TimeSpan.FromDays(Setting.WholeNumber(configuration, "Marketing:CouponValidityDays", 30, 1, 3650))));
}
