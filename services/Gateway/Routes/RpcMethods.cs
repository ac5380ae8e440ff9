using FoodDelivery.Platform.Hosting.Limits;
using FoodDelivery.Protos;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Level = Google.Protobuf.Reflection.MethodOptions.Types.IdempotencyLevel;

namespace FoodDelivery.Services.Gateway.Routes;

/// <summary>What the contract says of the gRPC methods: of every service whose protos were compiled.</summary>
internal static class RpcMethods
{
    // Whether it is compressed, and its length.
    private const int Prefix = 5;

    private static readonly Dictionary<string, ServiceDescriptor> Services =
        ProtoFiles.All.SelectMany(static file => file.Services).ToDictionary(static service => service.FullName, StringComparer.Ordinal);

    /// <summary>The methods of a gRPC service; none if the contract does not have it.</summary>
    public static IEnumerable<string> Of(string service) => Services.TryGetValue(service, out var found) ? found.Methods.Select(static method => method.Name) : [];

    /// <summary>Whether a call's message has room for a key under which it may be made twice (AIP-155).</summary>
    public static bool TakesKey(string service, string method) => Key(service, method) is not null;

    /// <summary>Whether a call's body, as gRPC and gRPC-Web frame it, is such a message that has a key.</summary>
    public static bool HasKey(string service, string method, ReadOnlySpan<byte> body)
    {
        if (Key(service, method) is not { } key || body.Length < Prefix || body[0] != 0)
            return false;

        try
        {
            return key.Accessor.GetValue(key.ContainingType.Parser.ParseFrom(body[Prefix..])) is string { Length: > 0 };
        }
        catch (InvalidProtocolBufferException)
        {
            return false;
        }
    }

    private static FieldDescriptor? Key(string service, string method) =>
        Services.TryGetValue(service, out var found) && found.FindMethodByName(method) is { IsClientStreaming: false, IsServerStreaming: false } described
            ? described.InputType.FindFieldByName("request_id")
            : null;

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
