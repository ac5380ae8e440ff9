using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Google.Protobuf;

namespace FoodDelivery.Tests.Contract.Security;

/// <summary>Asks one service by either protocol, with whichever token.</summary>
public sealed class Door(Uri rest, Uri grpc) : IDisposable
{
    // A stream that lets its caller in says nothing for a while. A refusal is waited for.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongPatience = TimeSpan.FromSeconds(15);
    private const int FrameHead = 5;

    private readonly HttpClient _rest = new() { BaseAddress = rest, Timeout = TimeSpan.FromSeconds(20) };

    private readonly HttpClient _grpc = new() { BaseAddress = grpc, Timeout = TimeSpan.FromSeconds(20) };

    public async Task<Reply> Rest(string method, string path, string? token = null, object? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
            request.Content = new StringContent(JsonSerializer.Serialize(body), MediaTypeHeaderValue.Parse("application/json"));
        Carry(request, token);
        using var response = await _rest.SendAsync(request);
        return new Reply($"{method} {path}", (int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.WwwAuthenticate.ToString());
    }

    /// <summary>Over HTTP/2 where that is spoken, else as a browser does.</summary>
    public Task<Reply> Rpc(string method, IMessage message, string? token = null, bool patiently = false) =>
        rest == grpc ? Web(method, message, token, patiently) : Call(_grpc, "application/grpc", method, message, token, patiently ? LongPatience : Patience);

    public Task<Reply> Web(string method, IMessage message, string? token = null, bool patiently = false) =>
        Call(_rest, "application/grpc-web+proto", method, message, token, patiently ? LongPatience : Patience);

    public void Dispose()
    {
        _rest.Dispose();
        _grpc.Dispose();
    }

    private async Task<Reply> Call(HttpClient client, string type, string method, IMessage message, string? token, TimeSpan patience)
    {
        var frame = new byte[FrameHead + message.CalculateSize()];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), frame.Length - FrameHead);
        message.WriteTo(frame.AsSpan(FrameHead));
        using var request = new HttpRequestMessage(HttpMethod.Post, method) { Content = new ByteArrayContent(frame) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        if (client == _grpc)
        {
            (request.Version, request.VersionPolicy) = (HttpVersion.Version20, HttpVersionPolicy.RequestVersionExact);
            request.Headers.TryAddWithoutValidation("te", "trailers");
        }

        Carry(request, token);
        using var enough = new CancellationTokenSource(patience);
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, enough.Token);
            if (Header(response.Headers, "grpc-status") is null && type is "application/grpc")
                await response.Content.CopyToAsync(Stream.Null, enough.Token);
            var status = Header(response.Headers, "grpc-status") ?? Header(response.TrailingHeaders, "grpc-status") ?? "0";
            return new Reply(method, Http(status, (int)response.StatusCode), Header(response.Headers, "grpc-message") ?? "", response.Headers.WwwAuthenticate.ToString());
        }
        catch (OperationCanceledException)
        {
            return new Reply(method, 200, "a stream that goes on", "");
        }
    }

    private static void Carry(HttpRequestMessage request, string? token)
    {
        if (token is not null)
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}".Trim());
    }

    private static int Http(string grpc, int http) => http != 200 ? http : grpc switch { "16" => 401, "7" => 403, "5" => 404, "14" => 503, "2" or "13" => 500, "0" => 200, _ => 409 };

    private static string? Header(HttpHeaders headers, string name) => headers.TryGetValues(name, out var values) ? values.First() : null;
}

/// <summary>What came back; of gRPC the status that REST has for it.</summary>
public sealed record Reply(string Question, int Status, string Text, string Challenge)
{
    public long Number(string field) => JsonDocument.Parse(Text).RootElement.GetProperty(field).GetInt64();

    public string Word(string field) => JsonDocument.Parse(Text).RootElement.GetProperty(field).GetString()!;
}
