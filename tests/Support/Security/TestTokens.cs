using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace FoodDelivery.Tests.Support.Security;

/// <summary>Makes tokens, good ones and bad ones, with a key of its own.</summary>
public sealed class TestTokens : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <param name="issuer">Whom tokens name as their issuer.</param>
    /// <param name="keyId">What the key is called.</param>
    public TestTokens(string issuer, string keyId = "test-key") => (Issuer, KeyId) = (issuer, keyId);

    /// <summary>Whom tokens name as their issuer.</summary>
    public string Issuer { get; set; }

    /// <summary>What the key is called.</summary>
    public string KeyId { get; }

    /// <summary>The public key as a JSON Web Key.</summary>
    public object PublicKey
    {
        get
        {
            var point = _key.ExportParameters(includePrivateParameters: false).Q;
            return new { kty = "EC", use = "sig", alg = "ES256", crv = "P-256", kid = KeyId, x = Base64Url.EncodeToString(point.X), y = Base64Url.EncodeToString(point.Y) };
        }
    }

    /// <summary>The claims of a good token; change what shall be wrong.</summary>
    public IDictionary<string, object> Claims(string subject, string role, long? store = null)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var claims = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["iss"] = Issuer, ["aud"] = "fooddelivery", ["sub"] = subject, ["role"] = role, ["iat"] = now, ["nbf"] = now - 5, ["exp"] = now + 600,
        };
        if (store is { } number)
            claims["store_id"] = number;
        return claims;
    }

    /// <summary>A good token.</summary>
    public string For(string subject, string role, long? store = null) => Sign(Claims(subject, role, store));

    /// <summary>A token with these claims and, if given, these additions to its header.</summary>
    public string Sign(IDictionary<string, object> claims, string algorithm = "ES256", params (string Name, object Value)[] header)
    {
        var fields = new Dictionary<string, object>(StringComparer.Ordinal) { ["alg"] = algorithm, ["kid"] = KeyId, ["typ"] = "at+jwt" };
        foreach (var (name, value) in header)
            fields[name] = value;
        var signed = $"{Encode(fields)}.{Encode(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(_key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    /// <summary>A token without a signature, which says so.</summary>
    public string WithoutSignature(IDictionary<string, object> claims) =>
        $"{Encode(new Dictionary<string, object>(StringComparer.Ordinal) { ["alg"] = "none", ["kid"] = KeyId })}.{Encode(claims)}.";

    /// <summary>A token signed with HMAC, the public key being the secret.</summary>
    public string SignedWithThePublicKey(IDictionary<string, object> claims)
    {
        var signed = $"{Encode(new Dictionary<string, object>(StringComparer.Ordinal) { ["alg"] = "HS256", ["kid"] = KeyId })}.{Encode(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(_key.ExportSubjectPublicKeyInfo(), Encoding.ASCII.GetBytes(signed)))}";
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    private static string Encode(IDictionary<string, object> fields) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(fields));
}
