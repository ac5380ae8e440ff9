using Google.Protobuf;
using Grpc.Core;

namespace FoodDelivery.Tests.EndToEnd;

/// <summary>Reads what a gRPC refusal carries besides its code: <c>google.rpc.Status</c> in its trailers.</summary>
internal static class RichError
{
    public static T Of<T>(RpcException refusal)
        where T : IMessage<T>, new()
    {
        var bytes = refusal.Trailers.Get("grpc-status-details-bin")?.ValueBytes;
        Assert.NotNull(bytes);
        var status = Google.Rpc.Status.Parser.ParseFrom(bytes);
        return Assert.Single(status.Details, static detail => detail.Is(new T().Descriptor)).Unpack<T>();
    }
}
