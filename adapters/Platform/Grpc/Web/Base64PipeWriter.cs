using System.Buffers;
using System.Buffers.Text;
using System.IO.Pipelines;

namespace FoodDelivery.Platform.GrpcRuntime.Web;

/// <summary>Writes base64. Each flush ends in a whole, padded piece, so that a browser can read what has come so far.</summary>
sealed class Base64PipeWriter(PipeWriter target) : PipeWriter
{
    readonly ArrayBufferWriter<byte> _plain = new();

    public override void Advance(int bytes) => _plain.Advance(bytes);

    public override Memory<byte> GetMemory(int sizeHint = 0) => _plain.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => _plain.GetSpan(sizeHint);

    public override void CancelPendingFlush() => target.CancelPendingFlush();

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        Encode();
        return target.FlushAsync(cancellationToken);
    }

    public override void Complete(Exception? exception = null)
    {
        Encode();
        target.Complete(exception);
    }

    /// <summary>Passes on what was written, without a flush.</summary>
    public void Encode()
    {
        if (_plain.WrittenCount == 0)
        {
            return;
        }

        var text = target.GetSpan(Base64.GetMaxEncodedToUtf8Length(_plain.WrittenCount));
        Base64.EncodeToUtf8(_plain.WrittenSpan, text, out _, out var written);
        target.Advance(written);
        _plain.ResetWrittenCount();
    }
}
