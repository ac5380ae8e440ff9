using System.Net.Sockets;
using System.Text.Json;
using FoodDelivery.Platform.Hosting.Tls;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FoodDelivery.Platform.Hosting.Security;

/// <summary>The providers whose tokens are accepted, in the order of the settings; the first gives this service its own.</summary>
internal sealed class Authorities : IDisposable
{
    private const int LargestDocument = 256 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly HttpClient _http;

    public Authorities(IOptions<AuthOptions> options, TransportSecurity security, TimeProvider clock, ILogger<SigningKeys> log)
    {
        _http = new HttpClient(security.ForOthers(new SocketsHttpHandler
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
        var refresh = options.Value.KeyRefresh;
        All = [.. options.Value.All.Select(one =>
        {
            var authority = new Authority(one.Path, one.Settings, options.Value.RequireHttps is false, _http);
            return new TrustedAuthority(authority, new SigningKeys(authority, refresh, clock, log));
        })];
    }

    public IReadOnlyList<TrustedAuthority> All { get; }

    /// <summary>The one whose tokens have that issuer and tenant; null if nobody's have.</summary>
    public TrustedAuthority? Of(string? issuer, string? tenant) => All.FirstOrDefault(one => one.Provider.Settings.Issues(issuer, tenant));

    public void Dispose() => _http.Dispose();
}

/// <summary>A provider and its keys.</summary>
internal sealed record TrustedAuthority(Authority Provider, SigningKeys Keys);

/// <summary>A provider, as its discovery document has it; every question is bounded in time and size.</summary>
/// <param name="path">Where its settings stand.</param>
/// <param name="settings">They themselves.</param>
/// <param name="takesHttp">Whether it may be asked without encryption.</param>
/// <param name="http">What it is asked with.</param>
internal sealed class Authority(string path, AuthorityOptions settings, bool takesHttp, HttpClient http)
{
    public string Path => path;

    public AuthorityOptions Settings => settings;

    /// <summary>Reads the discovery document.</summary>
    /// <exception cref="AuthorityException">It cannot be had, or is none of this provider.</exception>
    public async Task<Discovered> Discover(CancellationToken cancellation)
    {
        using var document = await Read(settings.Discovery, cancellation);
        var issuer = Text(document, "issuer") ?? throw Lacking("issuer");
        return settings.IsCalled(issuer)
            ? new Discovered(
                Address(document, "jwks_uri") ?? throw Lacking("jwks_uri"),
                Address(document, "token_endpoint"),
                ClaimReader.Values(document.RootElement, "token_endpoint_auth_methods_supported"))
            : throw new AuthorityException($"{settings.Discovery} calls its issuer '{issuer}', and not as the setting {path}:Authority does.");
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
                using var response = await http.SendAsync(request, cancellation);
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

    /// <summary>That the discovery document does not say what is needed of it.</summary>
    public AuthorityException Lacking(string name) => new($"The discovery document {settings.Discovery} has no {name}.");

    private static string? Text(JsonDocument document, string name) =>
        document.RootElement.ValueKind == JsonValueKind.Object
        && document.RootElement.TryGetProperty(name, out var found)
        && found.ValueKind == JsonValueKind.String
            ? found.GetString()
            : null;

    private Uri? Address(JsonDocument document, string name) => Text(document, name) switch
    {
        null => null,
        { } text when Uri.TryCreate(text, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && takesHttp)) => address,
        _ => throw new AuthorityException($"The {name} of the discovery document {settings.Discovery} cannot be used."),
    };
}

/// <summary>What the discovery document says.</summary>
/// <param name="Keys">Where the keys are.</param>
/// <param name="Tokens">Where tokens are asked for; null of a provider that says nothing of it.</param>
/// <param name="ClientProofs">How clients may prove themselves there; empty where it says nothing.</param>
internal sealed record Discovered(Uri Keys, Uri? Tokens, IReadOnlyList<string> ClientProofs);

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
