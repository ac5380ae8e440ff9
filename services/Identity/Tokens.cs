using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace FoodDelivery.Services.Identity;

/// <summary>Decides on a request for a token.</summary>
internal sealed class Grants(IdentitySettings settings, TokenIssuer issuer, Codes codes)
{
    public static readonly string[] Supported = ["client_credentials", "authorization_code"];

    private static readonly TokenAnswer UnknownClient = TokenAnswer.Error("invalid_client", "There is no such client, or its secret is another.");

    public TokenAnswer Decide(HttpRequest request, IFormCollection form)
    {
        if (form.FirstOrDefault(static field => field.Value.Count > 1).Key is { } repeated)
            return TokenAnswer.Error("invalid_request", $"{repeated} is given more than once.");

        var credentials = ClientCredentials.Of(request, form);
        if (credentials.IsTwice)
            return TokenAnswer.Error("invalid_request", "The client is named both in the header and in the form.");

        var client = settings.Clients.FirstOrDefault(one => string.Equals(one.Id, credentials.Id, StringComparison.Ordinal));
        if (client is null || (client.Secret is null ? credentials.Secret is { Length: > 0 } : !client.Proves(credentials.Secret)))
            return UnknownClient;

        var scope = form["scope"].ToString();
        return form["grant_type"].ToString() switch
        {
            "" => TokenAnswer.Error("invalid_request", "grant_type is missing."),
            _ when !Scopes.AreKnown(scope) => TokenAnswer.Error("invalid_scope", $"scope can have {string.Join(", ", Scopes.Supported)}."),
            "client_credentials" => ForItself(client, scope),
            "authorization_code" => ForSomebody(client, form),
            _ => TokenAnswer.Error("unsupported_grant_type", $"grant_type can be {string.Join(" or ", Supported)}."),
        };
    }

    private TokenAnswer ForItself(Client client, string scope)
    {
        if (client.Secret is null)
            return TokenAnswer.Error("unauthorized_client", "A client without a secret gets no token for itself.");

        var bearer = new Bearer(client.Subject, client.Role, client.Store, client.Id);
        return TokenAnswer.Of(issuer.Access(bearer, scope), identity: null, settings.TokenLifetime, scope);
    }

    private TokenAnswer ForSomebody(Client client, IFormCollection form)
    {
        var taken = codes.Take(form["code"].ToString());
        if (taken is null || !taken.IsFor(client.Id, form["redirect_uri"].ToString(), form["code_verifier"].ToString()))
            return TokenAnswer.Error("invalid_grant", "The code is unknown, used, expired, or for another client, redirect_uri or code_verifier.");

        var user = taken.User;
        var bearer = new Bearer(user.Id, user.Role, user.Store, client.Id);
        var identity = Scopes.Split(taken.Asked.Scope).Contains(Scopes.OpenId, StringComparer.Ordinal) ? issuer.Identity(bearer, user.Name, taken.Asked.Nonce) : null;
        return TokenAnswer.Of(issuer.Access(bearer, taken.Asked.Scope), identity, settings.TokenLifetime, taken.Asked.Scope);
    }
}

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

/// <summary>What tokens may be asked for; roles come from who asks and not from here.</summary>
internal static class Scopes
{
    public const string OpenId = "openid";

    public static readonly string[] Supported = [OpenId, "profile", "fooddelivery"];

    public static string[] Split(string? scope) => scope?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];

    public static bool AreKnown(string? scope) => Split(scope).All(static one => Supported.Contains(one, StringComparer.Ordinal));
}
