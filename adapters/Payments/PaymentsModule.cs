using FoodDelivery.Adapters.Payments.Grpc;
using FoodDelivery.Adapters.Payments.Messaging;
using FoodDelivery.Adapters.Payments.Persistence;
using FoodDelivery.Adapters.Payments.Provider;
using FoodDelivery.Adapters.Payments.Rest;
using FoodDelivery.Payments;
using FoodDelivery.Payments.Ports;
using FoodDelivery.Platform.Hosting.Health;
using FoodDelivery.Platform.Hosting.Limits;
using FoodDelivery.Platform.Hosting.Rpc;
using FoodDelivery.Platform.Hosting.Security;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace FoodDelivery.Adapters.Payments;

/// <summary>The Payment context: what it consists of, and where it is reached.</summary>
public static class PaymentsModule
{
    /// <summary>
    /// Registers use cases, persistence, the provider, messaging, the worker that finishes refunds and the gRPC service; needs an event log beside it.
    /// The setting <c>Pay:Provider</c> says who takes the money; in Development, where it says nothing, the simulator does.
    /// </summary>
    /// <exception cref="Platform.Hosting.Startup.SettingException">A setting of the provider is missing or cannot be used.</exception>
    public static IHostApplicationBuilder AddPayments(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services
            .AddDatabase("payment", typeof(PaymentsModule))
            .AddOutbox("/fooddelivery/payment")
            .AddPersistence()
            .AddUseCases()
            .AddProvider(builder.Configuration, development: builder.Environment.IsDevelopment())
            .AddOrderingConsumer()
            .AddWarmUp("warm", PaymentsWarmUp.Run)
            .AddHostedService<SettlementWorker>()
            .AddReconciliation()
            .AddSingleton<GrpcPayments>();
        return builder;
    }

    /// <summary>Maps the gRPC service and the REST routes.</summary>
    public static WebApplication MapPayments(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var service = app.MapGrpcService<GrpcPayments>()
            .AllowMethod(nameof(GrpcPayments.ApprovePayment), Roles.Service)
            .AllowMethod(nameof(GrpcPayments.RefundPayment), Roles.Operator)
            .AllowMethod(nameof(GrpcPayments.GetPayment), Roles.Customer, Roles.Service)
            .AllowMethod(nameof(GrpcPayments.ListPayments), Roles.Customer, Roles.Service)
            .AllowMethod(nameof(GrpcPayments.RemoveCard), Roles.Customer);
        SkipAdmissionControl.Of(service, nameof(GrpcPayments.ApprovePayment));
        PaymentRoutes.Map(app);
        return app;
    }

    private static IServiceCollection AddPersistence(this IServiceCollection services) => services
        .AddSingleton<SettlementSignal>()
        .AddSingleton<PaymentMetrics>()
        .AddSingleton<IPayments, SqlPayments>()
        .AddSingleton<IPaymentHistory, SqlPaymentHistory>()
        .AddSingleton<IErasures, SqlErasures>()
        .AddSingleton<IPaymentNumbers, SqlPaymentNumbers>();

    private static IServiceCollection AddReconciliation(this IServiceCollection services)
    {
        services.AddOptions<ReconciliationOptions>().BindConfiguration(ReconciliationOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<DiscrepancyReport>().AddHostedService<ReconciliationWorker>();
    }

    private static IServiceCollection AddUseCases(this IServiceCollection services) => services
        .AddSingleton<GetPaymentHandler>()
        .AddSingleton<ListPaymentsHandler>()
        .AddSingleton<ApprovePaymentHandler>()
        .AddSingleton<ConfirmPaymentHandler>()
        .AddSingleton<RefundPaymentHandler>()
        .AddSingleton<AbandonPaymentHandler>()
        .AddSingleton<EraseTextsHandler>()
        .AddSingleton<SettlePaymentHandler>()
        .AddSingleton<ReconcilePaymentsHandler>();
}
