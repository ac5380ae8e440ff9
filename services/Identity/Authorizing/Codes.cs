using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using FoodDelivery.Services.Identity.Clients;

namespace FoodDelivery.Services.Identity.Authorizing;

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
