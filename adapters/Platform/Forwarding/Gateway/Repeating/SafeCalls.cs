using FoodDelivery.Protos.Customer.V1;
using FoodDelivery.Protos.Ordering.V1;
using FoodDelivery.Protos.Payment.V1;
using FoodDelivery.Protos.Store.V1;
using Google.Protobuf.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace FoodDelivery.Platform.Forwarding.Gateway.Repeating;

/// <summary>Which calls may be made twice: reads, gRPC methods whose contract says so, and commands under an idempotency key.</summary>
internal static class SafeCalls
{
    private static readonly FileDescriptor[] Files =
    [
        OrderServiceReflection.Descriptor, PaymentServiceReflection.Descriptor, StoreServiceReflection.Descriptor, MenuServiceReflection.Descriptor,
        TicketServiceReflection.Descriptor, OrderStatusServiceReflection.Descriptor, NotificationServiceReflection.Descriptor,
    ];

    private static readonly HashSet<string> Methods =
    [
        .. from file in Files
           from service in file.Services
           from method in service.Methods
           where method.GetOptions()?.IdempotencyLevel is MethodOptions.Types.IdempotencyLevel.NoSideEffects or MethodOptions.Types.IdempotencyLevel.Idempotent
           select $"/{service.FullName}/{method.Name}",
    ];

    public static bool Contains(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        || HttpMethods.IsHead(request.Method)
        || !StringValues.IsNullOrEmpty(request.Headers["Idempotency-Key"])
        || Methods.Contains(request.Path.Value ?? "");
}
