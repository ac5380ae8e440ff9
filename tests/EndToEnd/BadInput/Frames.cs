using System.Buffers.Binary;

namespace FoodDelivery.Tests.EndToEnd.BadInput;

/// <summary>gRPC's prefix of a message.</summary>
internal static class Frames
{
    public static byte[] Of(byte[] payload, byte flag = 0) => Of(payload, flag, (uint)payload.Length);

    public static byte[] Of(byte[] payload, byte flag, uint length)
    {
        var frame = new byte[5 + payload.Length];
        frame[0] = flag;
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), length);
        payload.CopyTo(frame, 5);
        return frame;
    }
}
