using System.Buffers;
using FoodDelivery.Platform.GrpcRuntime.Wire;
using Grpc.Core;
using Grpc.Net.Client;

namespace FoodDelivery.Platform.GrpcRuntime.Client;

/// <summary>Takes messages off a response's body.</summary>
sealed class ResponseReader
{
    const int InitialSize = 1024;

    readonly Stream _body;
    readonly GrpcChannel _channel;
    readonly string? _encoding;
    byte[] _buffer = [];
    int _start;
    int _end;

    ResponseReader(Stream body, GrpcChannel channel, string? encoding)
    {
        _body = body;
        _channel = channel;
        _encoding = encoding;
    }

    public static async ValueTask<ResponseReader> OpenAsync(HttpResponseMessage response, GrpcChannel channel, CancellationToken cancellationToken)
    {
        var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        return new ResponseReader(body, channel, ResponseChecks.Find(response.Headers, Headers.Encoding));
    }

    /// <summary>The next message; null at the end of the body.</summary>
    public async ValueTask<T?> ReadAsync<T>(Func<DeserializationContext, T> deserializer, CancellationToken cancellationToken)
        where T : class
    {
        if (!await FillAsync(Framing.HeaderLength, cancellationToken).ConfigureAwait(false))
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
            return null;
        }

        var length = Framing.ReadHeader(_buffer.AsSpan(_start, Framing.HeaderLength), _channel.Options.MaxReceiveMessageSize, out var compressed);
        _start += Framing.HeaderLength;
        if (length > 0 && !await FillAsync(length, cancellationToken).ConfigureAwait(false))
        {
            throw new RpcException(Framing.Incomplete);
        }

        var payload = new ReadOnlySequence<byte>(_buffer, _start, length);
        _start += length;
        return Deserialize(compressed ? Decompress(payload) : payload, deserializer);
    }

    static T Deserialize<T>(ReadOnlySequence<byte> payload, Func<DeserializationContext, T> deserializer)
    {
        try
        {
            return ReceivedMessage.Read(payload, deserializer);
        }
        catch (Exception exception) when (exception is not RpcException)
        {
            throw new RpcException(new Status(StatusCode.Internal, "Failed to deserialize response message.", exception));
        }
    }

    ReadOnlySequence<byte> Decompress(ReadOnlySequence<byte> payload) =>
        _encoding is not null && _channel.Encodings.TryGet(_encoding, out var provider) && provider is not null
            ? new ReadOnlySequence<byte>(Encodings.Decompress(provider, payload, _channel.Options.MaxReceiveMessageSize))
            : throw new RpcException(new Status(
                StatusCode.Internal, $"Unsupported grpc-encoding value '{_encoding}'. Supported encodings: {_channel.Encodings.Accepted}"));

    /// <summary>Waits until so many octets are buffered; false when the body ends before the first of them.</summary>
    async ValueTask<bool> FillAsync(int count, CancellationToken cancellationToken)
    {
        if (_end - _start >= count)
        {
            return true;
        }

        MakeRoom(count);
        while (_end - _start < count)
        {
            var read = await _body.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return _end == _start ? false : throw new RpcException(Framing.Incomplete);
            }

            _end += read;
        }

        return true;
    }

    void MakeRoom(int count)
    {
        var pending = _end - _start;
        var target = _buffer;
        if (_buffer.Length < count)
        {
            target = ArrayPool<byte>.Shared.Rent(Math.Max(count, InitialSize));
        }
        else if (_start + count <= _buffer.Length && _end < _buffer.Length)
        {
            return;
        }

        _buffer.AsSpan(_start, pending).CopyTo(target);
        if (target != _buffer)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = target;
        }

        (_start, _end) = (0, pending);
    }
}
