using System.Buffers;
using System.Buffers.Binary;
using Grpc.Core;

namespace FoodDelivery.Platform.GrpcRuntime.Wire;

/// <summary>A message on the wire: one octet that says whether it is compressed, four of length, then the message.</summary>
static class Framing
{
    public const int HeaderLength = 5;

    public static readonly Status ReceivedTooLarge = new(StatusCode.ResourceExhausted, "Received message exceeds the maximum configured message size.");
    public static readonly Status SentTooLarge = new(StatusCode.ResourceExhausted, "Sending message exceeds the maximum configured message size.");
    public static readonly Status Incomplete = new(StatusCode.Internal, "Incomplete message.");

    public static void WriteHeader(Span<byte> target, int length, bool compressed)
    {
        target[0] = compressed ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteUInt32BigEndian(target[1..], (uint)length);
    }

    /// <summary>Reads the five octets; the length is checked before anything is allocated for it.</summary>
    public static int ReadHeader(ReadOnlySpan<byte> source, int? limit, out bool compressed)
    {
        compressed = source[0] switch
        {
            0 => false,
            1 => true,
            _ => throw new RpcException(new Status(StatusCode.Internal, "Unexpected compressed flag value in message header.")),
        };
        var length = BinaryPrimitives.ReadUInt32BigEndian(source[1..]);
        return length > int.MaxValue || length > limit ? throw new RpcException(ReceivedTooLarge) : (int)length;
    }

    /// <summary>Takes one whole message off the front of the buffer; false if it has not all arrived.</summary>
    public static bool TryTake(ref ReadOnlySequence<byte> buffer, int? limit, out bool compressed, out ReadOnlySequence<byte> payload)
    {
        compressed = false;
        payload = default;
        if (buffer.Length < HeaderLength)
        {
            return false;
        }

        Span<byte> header = stackalloc byte[HeaderLength];
        buffer.Slice(0, HeaderLength).CopyTo(header);
        var length = ReadHeader(header, limit, out compressed);
        if (buffer.Length < HeaderLength + (long)length)
        {
            return false;
        }

        payload = buffer.Slice(HeaderLength, length);
        buffer = buffer.Slice(payload.End);
        return true;
    }
}
