using FoodDelivery.Adapters.Payments.Messaging;
using FoodDelivery.Adapters.Payments.Persistence;
using FoodDelivery.Adapters.Payments.Provider;
using FoodDelivery.Adapters.Payments.Settling;
using FoodDelivery.Payments;
using FoodDelivery.Payments.Ports;
using FoodDelivery.Platform.Hosting.Health;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FoodDelivery.Adapters.Payments;

/// <summary>Registration of the Payment context.</summary>
public static class PaymentServices
{
    /// <summary>Use cases, persistence, the provider, events in and out, and the worker that finishes refunds; needs an event log beside it.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="configuration">The setting <c>Pay:Provider</c> says who takes the money.</param>
    /// <param name="simulatorByDefault">Whether the simulator does where that setting says nothing, as in Development; else it is demanded.</param>
    /// <exception cref="Platform.Hosting.Startup.SettingException">A setting of the provider is missing or cannot be used.</exception>
    public static IServiceCollection AddPayments(this IServiceCollection services, IConfiguration configuration, bool simulatorByDefault)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddDatabase("payment", typeof(PaymentServices))
            .AddOutbox("/fooddelivery/payment")
            .AddProvider(configuration, simulatorByDefault)
            .AddSingleton<SettlingBell>()
            .AddSingleton<PaymentMetrics>()
            .AddSingleton<IPayments, SqlPayments>()
            .AddSingleton<IPaymentHistory, SqlPaymentHistory>()
            .AddSingleton<IPaymentNumbers, SqlPaymentNumbers>()
            .AddSingleton<GetPaymentHandler>()
            .AddSingleton<ListPaymentsHandler>()
            .AddSingleton<ApprovePaymentHandler>()
            .AddSingleton<ConfirmPaymentHandler>()
            .AddSingleton<RefundPaymentHandler>()
            .AddSingleton<AbandonPaymentHandler>()
            .AddSingleton<SettlePaymentHandler>()
            .AddOrderEvents()
            .AddWarmUp("warm", WarmingUp.Go)
            .AddHostedService<Settler>();
    }
}
