using System.Buffers;
using System.Buffers.Text;
using System.IO.Pipelines;

namespace FoodDelivery.Platform.GrpcRuntime.Web;

/// <summary>Reads base64 that may be padded in its midst, where one written piece ends and the next begins.</summary>
sealed class Base64Stream(PipeReader source) : Stream
{
    const int Quad = 4;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var read = await source.ReadAsync(cancellationToken);
            var (consumed, decoded) = (read.Buffer.Start, 0);
            try
            {
                (consumed, decoded) = Decode(read.Buffer, buffer.Span);
            }
            finally
            {
                source.AdvanceTo(consumed, decoded > 0 ? consumed : read.Buffer.End);
            }

            if (decoded > 0)
            {
                return decoded;
            }

            if (read.IsCompleted || read.IsCanceled)
            {
                return read.Buffer.Slice(consumed).IsEmpty ? 0 : throw new InvalidDataException("The base64 body ends in the midst of a group.");
            }
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>Decodes whole groups of four up to and including the first padded one.</summary>
    static (SequencePosition Consumed, int Decoded) Decode(ReadOnlySequence<byte> text, Span<byte> target)
    {
        var groups = (int)Math.Min(text.Length / Quad, target.Length / 3);
        var rented = ArrayPool<byte>.Shared.Rent(Math.Max(groups * Quad, 1));
        try
        {
            var encoded = rented.AsSpan(0, groups * Quad);
            text.Slice(0, encoded.Length).CopyTo(encoded);
            var padding = encoded.IndexOf((byte)'=');
            if (padding >= 0)
            {
                encoded = encoded[..((padding / Quad * Quad) + Quad)];
            }

            return Base64.DecodeFromUtf8(encoded, target, out _, out var written) == OperationStatus.Done
                ? (text.GetPosition(encoded.Length), written)
                : throw new InvalidDataException("The body is not base64.");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
