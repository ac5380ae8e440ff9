using System.Net.Sockets;
using System.Text.Json;
using FoodDelivery.Platform.Hosting.Tls;
using Microsoft.Extensions.Options;

namespace FoodDelivery.Platform.Hosting.Security;

/// <summary>The provider, as its discovery document has it; every question is bounded in time and size.</summary>
internal sealed class Authority(IOptions<AuthOptions> options, TransportSecurity security) : IDisposable
{
    private const int LargestDocument = 256 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly HttpClient _http = new(security.ForOthers(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        ConnectTimeout = TimeSpan.FromSeconds(2),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        UseCookies = false,
        UseProxy = false,
    }))
    {
        MaxResponseContentBufferSize = LargestDocument,
        Timeout = Patience,
    };

    /// <summary>Reads the discovery document.</summary>
    /// <exception cref="AuthorityException">It cannot be had, or is none of this provider.</exception>
    public async Task<Discovered> Discover(CancellationToken cancellation)
    {
        using var document = await Read(options.Value.Discovery, cancellation);
        var issuer = Text(document, "issuer");
        return options.Value.Issuers.Contains(issuer, StringComparer.Ordinal)
            ? new Discovered(Address(document, "jwks_uri"), Address(document, "token_endpoint"))
            : throw new AuthorityException($"{options.Value.Discovery} calls its issuer '{issuer}', and not as the setting Auth:Authority does.");
    }

    /// <summary>Reads a JSON document.</summary>
    /// <exception cref="AuthorityException">It cannot be had.</exception>
    public Task<JsonDocument> Read(Uri address, CancellationToken cancellation) =>
        Send(new HttpRequestMessage(HttpMethod.Get, address), cancellation);

    /// <summary>Sends a request that is answered with a JSON document.</summary>
    /// <exception cref="AuthorityException">It is not.</exception>
    public async Task<JsonDocument> Send(HttpRequestMessage request, CancellationToken cancellation)
    {
        using (request)
        {
            try
            {
                using var response = await _http.SendAsync(request, cancellation);
                var body = await response.Content.ReadAsByteArrayAsync(cancellation);
                return response.IsSuccessStatusCode
                    ? JsonDocument.Parse(body)
                    : throw new AuthorityException($"{request.RequestUri} answered {(int)response.StatusCode}.");
            }
            catch (Exception failure) when (failure is HttpRequestException or SocketException or JsonException || (failure is OperationCanceledException && !cancellation.IsCancellationRequested))
            {
                throw new AuthorityException($"{request.RequestUri} gave no usable answer: {failure.Message}", failure);
            }
        }
    }

    public void Dispose() => _http.Dispose();

    private static string Text(JsonDocument document, string name) =>
        document.RootElement.ValueKind == JsonValueKind.Object
        && document.RootElement.TryGetProperty(name, out var found)
        && found.ValueKind == JsonValueKind.String
            ? found.GetString()!
            : throw new AuthorityException($"The provider's discovery document has no {name}.");

    private Uri Address(JsonDocument document, string name) =>
        Uri.TryCreate(Text(document, name), UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && options.Value.RequireHttps is false))
            ? address
            : throw new AuthorityException($"The {name} of the provider's discovery document cannot be used.");
}

/// <summary>What the discovery document says.</summary>
internal sealed record Discovered(Uri Keys, Uri Tokens);

/// <summary>The provider of tokens does not answer, or not as it should; the message has nothing secret.</summary>
public sealed class AuthorityException : Exception
{
    /// <summary>The provider does not answer.</summary>
    public AuthorityException()
        : this("The provider of tokens does not answer.")
    {
    }

    /// <summary>Says what is wrong.</summary>
    public AuthorityException(string message)
        : base(message)
    {
    }

    /// <summary>Says what is wrong.</summary>
    public AuthorityException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
