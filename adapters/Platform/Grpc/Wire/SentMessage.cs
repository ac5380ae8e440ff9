using System.Buffers;
using System.IO.Compression;
using Grpc.Core;
using Grpc.Net.Compression;

namespace FoodDelivery.Platform.GrpcRuntime.Wire;

/// <summary>
/// One message on its way from the marshaller. When the marshaller tells the size first, and nothing is to be compressed, its
/// bytes go straight behind the header into the transport's buffer; otherwise they are collected.
/// </summary>
sealed class SentMessage : SerializationContext
{
    [ThreadStatic]
    static SentMessage? _idle;

    ArrayBufferWriter<byte> _collected = new();
    IBufferWriter<byte> _target = null!;
    ICompressionProvider? _compression;
    CompressionLevel? _level;
    int? _limit;
    int? _announced;
    bool _direct;
    bool _completed;

    public static void Write<T>(
        T message,
        Action<T, SerializationContext> serializer,
        IBufferWriter<byte> target,
        int? limit,
        ICompressionProvider? compression = null,
        CompressionLevel? level = null)
    {
        var sent = _idle ?? new SentMessage();
        _idle = null;
        (sent._target, sent._limit, sent._compression, sent._level) = (target, limit, compression, level);
        try
        {
            serializer(message, sent);
            if (!sent._completed)
            {
                throw new InvalidOperationException("The serializer did not complete the message.");
            }
        }
        finally
        {
            sent.Reset();
            _idle = sent;
        }
    }

    public override void SetPayloadLength(int payloadLength)
    {
        CheckLength(payloadLength);
        _announced = payloadLength;
    }

    public override IBufferWriter<byte> GetBufferWriter()
    {
        if (_announced is not { } length || _compression is not null)
        {
            return _collected;
        }

        if (!_direct)
        {
            _direct = true;
            WriteHeader(length, compressed: false);
        }

        return _target;
    }

    public override void Complete()
    {
        CompleteOnce();
        if (!_direct)
        {
            WriteWhole(_collected.WrittenSpan);
        }
    }

    public override void Complete(byte[] payload)
    {
        CompleteOnce();
        WriteWhole(payload);
    }

    void WriteWhole(ReadOnlySpan<byte> payload)
    {
        CheckLength(payload.Length);
        if (_compression is not null)
        {
            payload = Encodings.Compress(_compression, payload, _level);
        }

        WriteHeader(payload.Length, _compression is not null);
        _target.Write(payload);
    }

    void WriteHeader(int length, bool compressed)
    {
        Framing.WriteHeader(_target.GetSpan(Framing.HeaderLength), length, compressed);
        _target.Advance(Framing.HeaderLength);
    }

    void CheckLength(int length)
    {
        if (length > _limit)
        {
            throw new RpcException(Framing.SentTooLarge);
        }
    }

    void CompleteOnce()
    {
        if (_completed)
        {
            throw new InvalidOperationException("The message was completed before.");
        }

        _completed = true;
    }

    void Reset()
    {
        const int MaxIdleCapacity = 1 << 16;
        if (_collected.Capacity > MaxIdleCapacity)
        {
            _collected = new ArrayBufferWriter<byte>();
        }

        _collected.ResetWrittenCount();
        (_target, _compression, _announced, _direct, _completed) = (null!, null, null, false, false);
    }
}
