using System.Buffers;
using System.Net;
using System.Net.Http.Headers;

namespace FoodDelivery.Platform.GrpcRuntime.Client;

/// <summary>The body of a call with one request, framed before anything is sent.</summary>
sealed class RequestContent : HttpContent
{
    static readonly MediaTypeHeaderValue _contentType = new(Wire.Headers.ContentType);

    public RequestContent() => Mark(this);

    public ArrayBufferWriter<byte> Message { get; } = new();

    public static void Mark(HttpContent content) => content.Headers.ContentType = _contentType;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        stream.WriteAsync(Message.WrittenMemory, cancellationToken).AsTask();

    // Of unknown length, as the protocol streams everything; a known one would only add a header.
    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
