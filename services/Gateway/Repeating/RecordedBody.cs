using System.Buffers;

namespace FoodDelivery.Services.Gateway.Repeating;

/// <summary>A request's body that can be read once more from its beginning, as long as what was read of it is small.</summary>
internal sealed class RecordedBody(Stream body) : Stream
{
    private const int Most = 64 * 1024;

    private byte[]? _record;
    private int _recorded;
    private int _replayed;
    private bool _lost;

    /// <summary>Starts again at the beginning; false if that has been forgotten.</summary>
    public bool TryRewind()
    {
        _replayed = 0;
        return !_lost;
    }

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
        if (_replayed < _recorded)
        {
            var again = Math.Min(buffer.Length, _recorded - _replayed);
            _record.AsMemory(_replayed, again).CopyTo(buffer);
            _replayed += again;
            return again;
        }

        var read = await body.ReadAsync(buffer, cancellationToken);
        Record(buffer.Span[..read]);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        Forget();
        base.Dispose(disposing);
    }

    private void Record(ReadOnlySpan<byte> read)
    {
        if (_lost || read.Length == 0)
            return;

        if (_recorded + read.Length > Most)
        {
            Forget();
            return;
        }

        if (_record is null || _record.Length < _recorded + read.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(1024, (_recorded + read.Length) * 2));
            _record.AsSpan(0, _recorded).CopyTo(larger);
            Return();
            _record = larger;
        }

        read.CopyTo(_record.AsSpan(_recorded));
        _recorded += read.Length;
        _replayed = _recorded;
    }

    private void Forget()
    {
        Return();
        (_record, _recorded, _replayed, _lost) = (null, 0, 0, true);
    }

    private void Return()
    {
        if (_record is not null)
            ArrayPool<byte>.Shared.Return(_record, clearArray: true);
    }
}
