using FoodDelivery.Platform.GrpcRuntime.Wire;
using Grpc.Core;
using Grpc.Net.Compression;

namespace FoodDelivery.Platform.GrpcRuntime.Server;

/// <summary>How the call's answer is written. One writer at a time: the handler, or the deadline.</summary>
sealed partial class ServerCall
{
    ICompressionProvider? _compression;
    bool _headersSent;

    /// <summary>Prepares the answer's headers; nothing is sent yet.</summary>
    public void PrepareHeaders()
    {
        var response = http.Response;
        response.ContentType = Protocol.ResponseContentType(http);

        // Only who compresses needs to know; every other answer is spared the header.
        if (http.Request.Headers.GrpcEncoding.Count > 0)
        {
            response.Headers.GrpcAcceptEncoding = options.Encodings.Accepted;
        }

        if (options.ResponseCompression is { } preferred && Accepts(preferred.EncodingName))
        {
            _compression = preferred;
            response.Headers.GrpcEncoding = preferred.EncodingName;
        }
    }

    /// <summary>Sends one message of a stream. Waits while the caller reads too slowly.</summary>
    public async Task WriteAsync<T>(T message, Action<T, SerializationContext> serializer, CancellationToken cancellationToken)
    {
        using var turn = await TakeTurnAsync(cancellationToken);
        if (!http.Response.HasStarted)
        {
            await http.Response.StartAsync(CancellationToken.None);
        }

        Serialize(message, serializer);
        if (WriteOptionsCore is null || !WriteOptionsCore.Flags.HasFlag(WriteFlags.BufferHint))
        {
            await http.Response.BodyWriter.FlushAsync(cancellationToken);
        }
    }

    /// <summary>Ends the call with its only message, which leaves together with the outcome.</summary>
    public Task EndAsync<T>(T message, Action<T, SerializationContext> serializer)
    {
        if (_status.StatusCode != StatusCode.OK)
        {
            return EndAsync();
        }

        if (!TryEnd(out var answered))
        {
            return answered;
        }

        if (!http.Response.HasStarted)
        {
            var starting = http.Response.StartAsync(CancellationToken.None);
            if (!starting.IsCompletedSuccessfully)
            {
                return EndWhenStartedAsync(starting, message, serializer);
            }
        }

        SerializeLast(message, serializer);
        WriteOutcome();
        return Task.CompletedTask;
    }

    /// <summary>Ends the call without a further message.</summary>
    public Task EndAsync()
    {
        if (TryEnd(out var answered))
        {
            WriteOutcome();
        }

        return answered;
    }

    async Task EndWhenStartedAsync<T>(Task starting, T message, Action<T, SerializationContext> serializer)
    {
        await starting;
        SerializeLast(message, serializer);
        WriteOutcome();
    }

    void SerializeLast<T>(T message, Action<T, SerializationContext> serializer)
    {
        try
        {
            Serialize(message, serializer);
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    void Serialize<T>(T message, Action<T, SerializationContext> serializer)
    {
        var compression = WriteOptionsCore?.Flags.HasFlag(WriteFlags.NoCompress) is true ? null : _compression;
        SentMessage.Write(message, serializer, http.Response.BodyWriter, options.MaxSend, compression, options.ResponseCompressionLevel);
    }

    void WriteOutcome()
    {
        TagActivity();
        Trailing.Write(http, _status, _responseTrailers);
    }

    protected override async Task WriteResponseHeadersAsyncCore(Metadata responseHeaders)
    {
        ArgumentNullException.ThrowIfNull(responseHeaders);
        using var turn = await TakeTurnAsync(CancellationTokenCore);
        if (_headersSent || http.Response.HasStarted)
        {
            throw new InvalidOperationException("Response headers can only be sent once per call.");
        }

        _headersSent = true;
        Trailing.Append(http.Response.Headers, responseHeaders);
        await http.Response.StartAsync(CancellationToken.None);
        await http.Response.BodyWriter.FlushAsync(CancellationTokenCore);
    }

    bool Accepts(string encoding)
    {
        foreach (var header in http.Request.Headers.GrpcAcceptEncoding)
        {
            foreach (var range in header.AsSpan().Split(','))
            {
                if (header.AsSpan()[range].Trim().SequenceEqual(encoding))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
