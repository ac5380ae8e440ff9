using System.Reflection;
using FoodDelivery.Platform.Hosting.Limits;
using FoodDelivery.Protos.Operations.V1;
using Google.Protobuf.Reflection;
using Level = Google.Protobuf.Reflection.MethodOptions.Types.IdempotencyLevel;

namespace FoodDelivery.Services.Gateway.Routes;

/// <summary>What the contract says of the gRPC methods: of every service whose protos were compiled.</summary>
internal static class RpcMethods
{
    private static readonly Dictionary<string, ServiceDescriptor> Services = (
        from type in typeof(DeadLetterServiceReflection).Assembly.GetExportedTypes()
        where type is { IsAbstract: true, IsSealed: true } && type.Name.EndsWith("Reflection", StringComparison.Ordinal)
        let file = (FileDescriptor)type.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!
        from service in file.Services
        select service).ToDictionary(static service => service.FullName, StringComparer.Ordinal);

    /// <summary>The methods of a gRPC service; none if the contract does not have it.</summary>
    public static IEnumerable<string> Of(string service) => Services.TryGetValue(service, out var found) ? found.Methods.Select(static method => method.Name) : [];

    /// <summary>What a call takes, and whether it may be made twice; of a method that the contract does not have the worst is assumed.</summary>
    public static (RequestKind Kind, bool MayRepeat) Describe(string service, string method)
    {
        if (!Services.TryGetValue(service, out var found) || found.FindMethodByName(method) is not { } described)
            return (RequestKind.Write, false);

        var level = described.GetOptions()?.IdempotencyLevel;
        var kind = described.IsServerStreaming ? RequestKind.Stream : level is Level.NoSideEffects ? RequestKind.Read : RequestKind.Write;
        return (kind, level is Level.NoSideEffects or Level.Idempotent);
    }
}
