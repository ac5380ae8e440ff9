using System.Buffers.Text;
using FoodDelivery.Tests.Support.Security;

namespace FoodDelivery.Tests.Contract.Security;

/// <summary>Every way in which a token can be wrong.</summary>
internal static class BadTokens
{
    public static IEnumerable<(string Flaw, string Token)> Of(TestTokens tokens, TestTokens stranger, string role)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var claims = tokens.Claims("mallory", role, store: 2);
        var good = tokens.Sign(claims);
        yield return ("expired", tokens.Sign(With(claims, "exp", now - 120)));
        yield return ("not yet valid", tokens.Sign(With(claims, "nbf", now + 120)));
        yield return ("without an end", tokens.Sign(Without(claims, "exp")));
        yield return ("another's signature", stranger.Sign(claims));
        yield return ("another's audience", tokens.Sign(With(claims, "aud", "somebody else")));
        yield return ("no audience", tokens.Sign(Without(claims, "aud")));
        yield return ("another issuer", tokens.Sign(With(claims, "iss", "https://login.example.com")));
        yield return ("alg none", tokens.WithoutSignature(claims));
        yield return ("alg none in capitals", tokens.WithoutSignature(claims).Replace("bm9uZ", "Tk9OR", StringComparison.Ordinal));
        yield return ("the public key as a secret", tokens.SignedWithThePublicKey(claims));
        yield return ("a signature cut off", good[..(good.LastIndexOf('.') + 1)]);
        yield return ("claims exchanged", Exchanged(good, tokens.Sign(With(claims, "sub", "admin"))));
        yield return ("an extension that nobody knows", tokens.Sign(claims, "ES256", ("crit", new[] { "b64" }), ("b64", false)));
        yield return ("a key that nobody has", tokens.Sign(claims, "ES256", ("kid", "another")));
        yield return ("another kind of token", tokens.Sign(claims, "ES256", ("typ", "logout+jwt")));
        yield return ("a kind that is no word", tokens.Sign(claims, "ES256", ("typ", 7)));
        yield return ("good for years", tokens.Sign(With(claims, "exp", now + 315_360_000)));
        yield return ("good for years, and issued in the future", tokens.Sign(With(With(claims, "exp", now + 315_360_000), "iat", now + 315_359_000)));
        yield return ("issued long ago", tokens.Sign(With(claims, "iat", now - 100_000)));
        yield return ("five parts", "eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIn0..AAAA.AAAA.AAAA");
        yield return ("no subject", tokens.Sign(Without(claims, "sub")));
        yield return ("half of a surrogate pair", $"{good.Split('.')[0]}.{Base64Url.EncodeToString("""{"iss":"\ud800"}"""u8)}.x");
        yield return ("half of a surrogate pair in a name", $"{good.Split('.')[0]}.{Base64Url.EncodeToString("""{"\ud800":1,"iss":"x"}"""u8)}.x");
        yield return ("nonsense", "nonsense");
        yield return ("empty", "");
    }

    private static Dictionary<string, object> With(IDictionary<string, object> claims, string name, object value) =>
        new(claims, StringComparer.Ordinal) { [name] = value };

    private static Dictionary<string, object> Without(IDictionary<string, object> claims, string name)
    {
        var fewer = new Dictionary<string, object>(claims, StringComparer.Ordinal);
        fewer.Remove(name);
        return fewer;
    }

    private static string Exchanged(string signed, string wanted)
    {
        var (parts, other) = (signed.Split('.'), wanted.Split('.'));
        return $"{parts[0]}.{other[1]}.{parts[2]}";
    }
}
