using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using FoodDelivery.Services.Identity.Keys;

namespace FoodDelivery.Services.Identity.Tokens;

/// <summary>Makes signed tokens (RFC 7519), access tokens in the shape of RFC 9068.</summary>
internal sealed class TokenIssuer(IdentitySettings settings, KeyRing ring, TimeProvider clock)
{
    private static readonly JsonWriterOptions Manners = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string Access(Bearer bearer, string? scope) => Sign("at+jwt", settings.Audience, bearer, claims =>
    {
        claims.WriteString("client_id", bearer.Client);
        claims.WriteString("role", bearer.Role);
        if (bearer.Store is { } store)
            claims.WriteNumber("store_id", store);

        if (!string.IsNullOrEmpty(scope))
            claims.WriteString("scope", scope);
    });

    public string Identity(Bearer bearer, string? name, string? nonce) => Sign("JWT", bearer.Client, bearer, claims =>
    {
        if (name is not null)
            claims.WriteString("name", name);

        if (!string.IsNullOrEmpty(nonce))
            claims.WriteString("nonce", nonce);
    });

    private string Sign(string type, string audience, Bearer bearer, Action<Utf8JsonWriter> more) => ring.Sign(key =>
    {
        var now = clock.GetUtcNow();
        var header = Encode(json =>
        {
            json.WriteString("alg", "ES256");
            json.WriteString("kid", key.Id);
            json.WriteString("typ", type);
        });
        var payload = Encode(json =>
        {
            json.WriteString("iss", settings.Issuer);
            json.WriteString("aud", audience);
            json.WriteString("sub", bearer.Subject);
            json.WriteNumber("iat", now.ToUnixTimeSeconds());
            json.WriteNumber("nbf", now.ToUnixTimeSeconds());
            json.WriteNumber("exp", (now + settings.TokenLifetime).ToUnixTimeSeconds());
            json.WriteString("jti", Guid.NewGuid().ToString("N"));
            more(json);
        });
        var signed = $"{header}.{payload}";
        return $"{signed}.{Base64Url.EncodeToString(key.Sign(Encoding.ASCII.GetBytes(signed)))}";
    });

    private static string Encode(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Manners))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Base64Url.EncodeToString(buffer.WrittenSpan);
    }
}

/// <summary>Whom a token is about.</summary>
internal sealed record Bearer(string Subject, string Role, long? Store, string Client);
