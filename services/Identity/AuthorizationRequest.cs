using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Primitives;

namespace FoodDelivery.Services.Identity;

/// <summary>What a program asks for when it sends somebody here to sign in (RFC 6749, 4.1.1, with PKCE of RFC 7636).</summary>
internal sealed record AuthorizationRequest(
    string ResponseType, string ClientId, string RedirectUri, string Challenge, string ChallengeMethod, string? State, string? Scope, string? Nonce)
{
    private const int ChallengeLength = 43;

    public static AuthorizationRequest Of(Func<string, StringValues> read) => new(
        read("response_type").ToString(),
        read("client_id").ToString(),
        read("redirect_uri").ToString(),
        read("code_challenge").ToString(),
        read("code_challenge_method").ToString(),
        read("state"),
        read("scope"),
        read("nonce"));

    /// <summary>Why nothing may be sent to its redirect_uri; null if it is one that may get a code.</summary>
    public string? Untrusted()
    {
        if (ClientId != DemoClients.App)
            return $"client_id must be {DemoClients.App}.";

        // A program on this machine (RFC 8252, 7.3), by any port; an app by its own scheme.
        return Uri.TryCreate(RedirectUri, UriKind.Absolute, out var address)
            && address.Fragment.Length == 0
            && ((address.Scheme == Uri.UriSchemeHttp && address.IsLoopback) || address.Scheme == "fooddelivery")
            ? null
            : "redirect_uri must be on this machine, such as http://localhost:3000/callback, or begin with fooddelivery:.";
    }

    /// <summary>What else is wrong, as the redirect says it: the error's word and a sentence.</summary>
    public (string Error, string Description)? Validate() => this switch
    {
        { ResponseType: not "code" } => ("unsupported_response_type", "response_type must be code."),
        { ChallengeMethod: not "S256" } => ("invalid_request", "code_challenge_method must be S256."),
        { Challenge.Length: not ChallengeLength } => ("invalid_request", "code_challenge must be the SHA-256 of the code_verifier, in base64url."),
        _ when !Scopes.AreKnown(Scope) => ("invalid_scope", $"scope can have {string.Join(", ", Scopes.Supported)}."),
        _ => null,
    };

    /// <summary>Everything of it, to be sent again.</summary>
    public IEnumerable<(string Name, string Value)> Fields()
    {
        yield return ("response_type", ResponseType);
        yield return ("client_id", ClientId);
        yield return ("redirect_uri", RedirectUri);
        yield return ("code_challenge", Challenge);
        yield return ("code_challenge_method", ChallengeMethod);
        yield return ("state", State ?? "");
        yield return ("scope", Scope ?? "");
        yield return ("nonce", Nonce ?? "");
    }
}

/// <summary>The codes that were given out: good for a minute and for once.</summary>
internal sealed class Codes(TimeProvider clock)
{
    private const int Most = 1_000;
    private const int Bytes = 32;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, GivenCode> _given = new(StringComparer.Ordinal);

    public string Give(AuthorizationRequest asked, DemoUser user)
    {
        var now = clock.GetUtcNow();
        foreach (var (old, _) in _given.Where(given => given.Value.Expires < now || _given.Count > Most))
            _given.TryRemove(old, out _);

        var code = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));
        _given[code] = new GivenCode(asked, user, now + Lifetime);
        return code;
    }

    public GivenCode? Take(string code) => _given.TryRemove(code, out var given) && given.Expires >= clock.GetUtcNow() ? given : null;
}

/// <summary>A code, for whom and for what.</summary>
internal sealed record GivenCode(AuthorizationRequest Asked, DemoUser User, DateTimeOffset Expires)
{
    private const int ShortestVerifier = 43;
    private const int LongestVerifier = 128;

    public bool IsFor(string client, string redirectUri, string verifier) =>
        client == Asked.ClientId
        && redirectUri == Asked.RedirectUri
        && verifier.Length is >= ShortestVerifier and <= LongestVerifier
        && Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))) == Asked.Challenge;
}
