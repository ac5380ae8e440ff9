using FoodDelivery.Platform.Hosting.Security;
using FoodDelivery.Platform.Hosting.Rest;
using FoodDelivery.Stores;
using Grpc.Core;

namespace FoodDelivery.Adapters.Stores.Grpc;

/// <summary>What a call says besides its message.</summary>
internal static class Requests
{
    private const int LongestId = 255;

    /// <summary>The call as the cause of what it changes.</summary>
    public static MessageContext Command(this ServerCallContext context) => context.MessageContext();

    /// <summary>The key under which the call can be repeated; null where none was given.</summary>
    public static Result<AcceptedKey> Key(this ServerCallContext context, string requestId) => requestId.Trim() switch
    {
        "" => new AcceptedKey(null),
        { Length: <= LongestId } id when !id.Any(char.IsControl) => new AcceptedKey(new RequestKey(Caller.Of(context.GetHttpContext()), id)),
        _ => Error.Invalid("request_id", $"request_id has at most {LongestId} characters and no control characters."),
    };

    /// <summary>A key, or none.</summary>
    internal readonly record struct AcceptedKey(RequestKey? Value);
}
