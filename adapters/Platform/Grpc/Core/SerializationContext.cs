using System.Buffers;

namespace Grpc.Core;

/// <summary>Where a marshaller puts the bytes of one message; used once, by one thread.</summary>
public abstract class SerializationContext
{
    /// <summary>Ends the message with a finished array.</summary>
    public virtual void Complete(byte[] payload) => throw new NotSupportedException();

    /// <summary>The buffer to write to.</summary>
    public virtual IBufferWriter<byte> GetBufferWriter() => throw new NotSupportedException();

    /// <summary>Announces the size in bytes before the first is written, so that nothing needs to be copied.</summary>
    public virtual void SetPayloadLength(int payloadLength)
    {
    }

    /// <summary>Ends the message that was written to the buffer.</summary>
    public virtual void Complete() => throw new NotSupportedException();
}
