using FoodDelivery.Platform.Hosting.Limits;
using FoodDelivery.Platform.Hosting.Rpc;
using FoodDelivery.Platform.Hosting.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Adapters.Payments.Grpc;

/// <summary>The Payment context over gRPC.</summary>
public static class PaymentGrpc
{
    /// <summary>Registers its service.</summary>
    public static IServiceCollection AddPaymentsGrpc(this IServiceCollection services) => services.AddSingleton<GrpcPayments>();

    /// <summary>Maps its service.</summary>
    public static IEndpointRouteBuilder MapPaymentsGrpc(this IEndpointRouteBuilder routes)
    {
        var service = routes.MapGrpcService<GrpcPayments>()
            .AllowMethod(nameof(GrpcPayments.ApprovePayment), Roles.Service)
            .AllowMethod(nameof(GrpcPayments.RefundPayment), Roles.Operator)
            .AllowMethod(nameof(GrpcPayments.GetPayment), Roles.Customer, Roles.Service)
            .AllowMethod(nameof(GrpcPayments.ListPayments), Roles.Customer, Roles.Service);
        SkipAdmissionControl.Of(service, nameof(GrpcPayments.ApprovePayment));
        return routes;
    }
}
