using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;

namespace FoodDelivery.Tests.Bench;

/// <summary>gRPC calls as bare HTTP/2 requests, so that the client costs the same whatever is asked.</summary>
internal static class Frames
{
    public static HttpClient Client() => new(new SocketsHttpHandler { EnableMultipleHttp2Connections = true });

    /// <summary>A message behind its five bytes of prefix.</summary>
    public static byte[] Of(IMessage message)
    {
        var framed = new byte[5 + message.CalculateSize()];
        BinaryPrimitives.WriteInt32BigEndian(framed.AsSpan(1), framed.Length - 5);
        message.WriteTo(framed.AsSpan(5));
        return framed;
    }

    /// <summary>Sends a frame and takes the answer, which must have the given length.</summary>
    public static async Task Post(HttpClient client, Uri target, byte[] frame, int answerLength, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, target)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(frame) { Headers = { ContentType = new MediaTypeHeaderValue("application/grpc") } },
        };
        request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        using var response = await client.SendAsync(request, cancellation);
        response.EnsureSuccessStatusCode();
        var answer = await response.Content.ReadAsByteArrayAsync(cancellation);
        if (answer.Length != answerLength)
            throw new InvalidOperationException($"{target} answered {answer.Length} bytes instead of {answerLength}.");
    }
}
