using FoodDelivery.Protos.Customer.V1;
using FoodDelivery.Protos.Marketing.V1;
using FoodDelivery.Protos.Ordering.V1;
using FoodDelivery.Protos.Payment.V1;
using FoodDelivery.Protos.Store.V1;
using Google.Protobuf.Reflection;
using Level = Google.Protobuf.Reflection.MethodOptions.Types.IdempotencyLevel;

namespace FoodDelivery.Services.Gateway.Routes;

/// <summary>What the contract says of the gRPC methods, by their paths.</summary>
internal static class RpcMethods
{
    private static readonly FileDescriptor[] Files =
    [
        OrderServiceReflection.Descriptor, PaymentServiceReflection.Descriptor, StoreServiceReflection.Descriptor, MenuServiceReflection.Descriptor,
        TicketServiceReflection.Descriptor, OrderStatusServiceReflection.Descriptor, NotificationServiceReflection.Descriptor, MemberServiceReflection.Descriptor,
        RecommendationServiceReflection.Descriptor, CouponServiceReflection.Descriptor,
    ];

    private static readonly Dictionary<string, MethodDescriptor> ByPath = (
        from file in Files
        from service in file.Services
        from method in service.Methods
        select method).ToDictionary(static method => $"/{method.Service.FullName}/{method.Name}", StringComparer.Ordinal);

    /// <summary>Whether it may be called twice.</summary>
    public static bool AreSafe(string? path) => LevelOf(path) is Level.NoSideEffects or Level.Idempotent;

    /// <summary>Whether it changes nothing.</summary>
    public static bool Read(string? path) => LevelOf(path) is Level.NoSideEffects;

    /// <summary>Whether its answer is a stream.</summary>
    public static bool Stream(string? path) => Find(path)?.IsServerStreaming == true;

    private static Level? LevelOf(string? path) => Find(path)?.GetOptions()?.IdempotencyLevel;

    private static MethodDescriptor? Find(string? path) => path is not null && ByPath.TryGetValue(path, out var method) ? method : null;
}
