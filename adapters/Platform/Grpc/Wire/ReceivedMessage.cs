using System.Buffers;
using Grpc.Core;

namespace FoodDelivery.Platform.GrpcRuntime.Wire;

/// <summary>One received message on its way to the marshaller; reused, for marshallers run to their end without a pause.</summary>
sealed class ReceivedMessage : DeserializationContext
{
    [ThreadStatic]
    static ReceivedMessage? _idle;

    ReadOnlySequence<byte> _payload;

    public override int PayloadLength => (int)_payload.Length;

    public static T Read<T>(ReadOnlySequence<byte> payload, Func<DeserializationContext, T> deserializer)
    {
        var message = _idle ?? new ReceivedMessage();
        _idle = null;
        message._payload = payload;
        try
        {
            return deserializer(message);
        }
        finally
        {
            message._payload = default;
            _idle = message;
        }
    }

    public override byte[] PayloadAsNewBuffer() => _payload.ToArray();

    public override ReadOnlySequence<byte> PayloadAsReadOnlySequence() => _payload;
}
