using System.Net;
using System.Text;
using FoodDelivery.Tests.Support.Processes;

namespace FoodDelivery.Tests.EndToEnd.BadInput;

/// <summary>Requests as bytes, to every port of a running product.</summary>
internal sealed class Wires(Fleet fleet) : IDisposable
{
    private readonly HttpClient _http = Client();

    public Fleet Fleet => fleet;

    public async Task<RestReply> Rest(string service, HttpMethod method, string path, byte[]? body, string? type)
    {
        using var request = new HttpRequestMessage(method, new Uri(fleet.Rest(service).Address, path));
        if (body is not null)
            request.Content = new ByteArrayContent(body);
        if (type is not null)
            request.Content?.Headers.TryAddWithoutValidation("Content-Type", type);
        using var response = await _http.SendAsync(request);
        return new RestReply(
            (int)response.StatusCode, response.Content.Headers.ContentType?.MediaType ?? "", await response.Content.ReadAsStringAsync());
    }

    public Task<RpcReply> Rpc(RpcCall call) =>
        call.IsText ? Rpc(_http, fleet.Addresses[call.Service].Grpc, HttpVersion.Version20, call) : Alone(call);

    public Task<RpcReply> Web(RpcCall call) => Rpc(_http, fleet.Addresses[call.Service].Rest, HttpVersion.Version11, call);

    public void Dispose() => _http.Dispose();

    // Headers that are no text are an error of the whole connection in HTTP/2, and so of every call on it.
    private async Task<RpcReply> Alone(RpcCall call)
    {
        using var http = Client();
        try
        {
            return await Rpc(http, fleet.Addresses[call.Service].Grpc, HttpVersion.Version20, call);
        }
        catch (HttpRequestException hungUp) when (hungUp.InnerException is HttpProtocolException)
        {
            return RpcReply.None((int)HttpStatusCode.BadRequest);
        }
    }

    private static HttpClient Client() => new(
        new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, RequestHeaderEncodingSelector = static (_, _) => Encoding.Latin1 })
    {
        Timeout = TimeSpan.FromSeconds(30),
    };

    private static async Task<RpcReply> Rpc(HttpClient http, Uri address, Version version, RpcCall call)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{address.GetLeftPart(UriPartial.Authority)}{call.Path}"))
        {
            Version = version,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(call.Body),
        };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", call.Type);
        request.Headers.TryAddWithoutValidation("TE", "trailers");
        foreach (var (name, value) in call.Headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await http.SendAsync(request);
        var body = await response.Content.ReadAsByteArrayAsync();
        return RpcReply.Of(response, body);
    }
}

/// <summary>What REST answered.</summary>
internal sealed record RestReply(int Status, string Type, string Text);

/// <summary>A call as bytes.</summary>
/// <param name="Service">Whose port.</param>
/// <param name="Path"><c>/package.Service/Method</c>.</param>
/// <param name="Body">Frames, more or less.</param>
/// <param name="Type">The content type.</param>
/// <param name="Headers">Further headers.</param>
internal sealed record RpcCall(
    string Service, string Path, byte[] Body, string Type = "application/grpc", params IReadOnlyList<(string Name, string Value)> Headers)
{
    /// <summary>Whether all headers are ASCII.</summary>
    public bool IsText => Ascii.IsValid(Type) && Headers.All(static header => Ascii.IsValid(header.Value));
}
