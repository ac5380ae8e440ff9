using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;

namespace FoodDelivery.Tests.Grpc;

/// <summary>gRPC by hand: requests that no decent client would send.</summary>
static class RawGrpc
{
    public const string Say = "/fooddelivery.tests.echo.v1.EchoService/Say";

    static readonly HttpClient _http = new(new SocketsHttpHandler()) { Timeout = TimeSpan.FromSeconds(20) };

    public static async Task<RawAnswer> PostAsync(
        Uri address, string path, byte[] body, Action<HttpRequestMessage>? change = null, string contentType = "application/grpc", int version = 2)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, path))
        {
            Version = version == 2 ? HttpVersion.Version20 : HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(body),
        };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        change?.Invoke(request);
        using var response = await _http.SendAsync(request);
        var received = await response.Content.ReadAsByteArrayAsync();
        return new RawAnswer(
            (int)response.StatusCode,
            Flat(response.Headers),
            Flat(response.TrailingHeaders),
            response.Content.Headers.ContentType?.ToString(),
            received);
    }

    public static byte[] Frame(IMessage message, byte flag = 0) => Frame(message.ToByteArray(), flag);

    public static byte[] Frame(byte[] payload, byte flag = 0)
    {
        var frame = new byte[5 + payload.Length];
        frame[0] = flag;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), payload.Length);
        payload.CopyTo(frame, 5);
        return frame;
    }

    static Dictionary<string, string> Flat(HttpResponseHeaders headers) =>
        headers.ToDictionary(header => header.Key, header => string.Join(',', header.Value), StringComparer.OrdinalIgnoreCase);
}

sealed record RawAnswer(int Http, Dictionary<string, string> Headers, Dictionary<string, string> Trailers, string? ContentType, byte[] Body)
{
    public string? Status => Trailers.GetValueOrDefault("grpc-status") ?? Headers.GetValueOrDefault("grpc-status");

    public string? Message => Trailers.GetValueOrDefault("grpc-message") ?? Headers.GetValueOrDefault("grpc-message");

    public bool IsTrailersOnly => Body.Length == 0 && Headers.ContainsKey("grpc-status");
}
