using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace FoodDelivery.Platform.Hosting.Security;

/// <summary>Has the platform's bearer handler take a token for what <see cref="TokenCheck"/> says of it.</summary>
internal sealed class BearerSetup(TokenCheck check, CheckedTokens known) : IConfigureNamedOptions<JwtBearerOptions>
{
    private const string Scheme = JwtBearerDefaults.AuthenticationScheme + " ";

    public void Configure(JwtBearerOptions options) => Configure(JwtBearerDefaults.AuthenticationScheme, options);

    public void Configure(string? name, JwtBearerOptions bearer)
    {
        bearer.IncludeErrorDetails = false;
        bearer.SaveToken = false;
        bearer.Events = new JwtBearerEvents { OnMessageReceived = Received };
    }

    private async Task Received(MessageReceivedContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return;

        var token = header[Scheme.Length..].Trim();
        var (caller, flaw) = known.TryFind(token, out var found) ? new Verdict(found, null) : await check.Check(token, context.HttpContext.RequestAborted);
        if (caller is null)
        {
            context.Fail(flaw!);
            return;
        }

        context.Principal = caller;
        context.Success();
    }
}

/// <summary>Who the caller is, or why its token is not accepted.</summary>
internal sealed record Verdict(ClaimsPrincipal? Caller, Exception? Flaw);

/// <summary>How a token is checked: by its issuer's settings and keys, its signature, audience, lifetime and kind, and nothing less.</summary>
internal sealed class TokenCheck(IOptions<AuthOptions> options, Authorities authorities, CheckedTokens known, TimeProvider clock)
{
    private const int LongestShown = 100;

    // For so long a token that has outlived itself is let in at a time, see OutlivesItsAuthority.
    private static readonly TimeSpan Respite = TimeSpan.FromMinutes(1);

    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false };

    /// <summary>Who the caller is by its token. What is wrong with one that is not accepted is said in the exception's message, without anything secret.</summary>
    public async Task<Verdict> Check(string token, CancellationToken cancellation)
    {
        if (token.Length > TokenShape.Longest)
            return new(null, new LargeTokenException($"The token has {token.Length} characters; it may have {TokenShape.Longest}."));

        if (!TokenShape.TryRead(token, out var shape))
            return Refused($"The token's form is wrong: it must be a JSON Web Token, signed with {string.Join(" or ", TokenShape.Algorithms)}.");

        var (issuer, tenant) = (ClaimReader.Text(shape.Claims, "iss"), ClaimReader.Text(shape.Claims, "tid"));
        if (authorities.Of(issuer, tenant) is not { } authority)
            return Refused($"The token's issuer {Shown(issuer)}{(tenant is null ? "" : $" with the tenant {Shown(tenant)}")} is none that the settings name.");

        var (path, settings) = (authority.Provider.Path, authority.Provider.Settings);
        if (!settings.Types.Contains(shape.Type, StringComparer.OrdinalIgnoreCase))
            return Refused($"The token's kind {Shown(shape.Type)} is none of {path}:TokenTypes.");

        if (await authority.Keys.For(shape.KeyId, cancellation) is not { } keys)
            return new(null, new AuthorityException($"The token's key {Shown(shape.KeyId)} cannot be had: {settings.Discovery} has not given any yet, or not for a day."));

        var candidates = keys.For(shape.KeyId, issuer, tenant);
        if (candidates.Count == 0)
            return Refused($"The token's key {Shown(shape.KeyId)} is none that {path}:Authority publishes for its issuer.");

        var outcome = await Handler.ValidateTokenAsync(token, Parameters(settings, candidates, options.Value.ClockSkew));
        if (Seconds(shape.Claims, "exp") is not { } end)
            return Refused("The token's lifetime has no end.");

        var accepted = end + options.Value.ClockSkew;
        if (outcome.Exception is SecurityTokenExpiredException && await OutlivesItsAuthority(authority, shape.Claims, end))
        {
            accepted = clock.GetUtcNow() + Respite;
            outcome = await Handler.ValidateTokenAsync(token, Parameters(settings, candidates, accepted - end));
        }

        return outcome.IsValid
            ? Accepted(token, shape.Claims, end, accepted, authority, keys)
            : new(null, new RefusedTokenException(Flaw(outcome.Exception, shape, authority.Provider), outcome.Exception));
    }

    private Verdict Accepted(string token, JsonElement claims, DateTimeOffset end, DateTimeOffset accepted, TrustedAuthority authority, PublishedKeys keys)
    {
        var (path, settings) = (authority.Provider.Path, authority.Provider.Settings);
        if (ClaimReader.Text(claims, Callers.Subject) is not { Length: > 0 } subject)
            return Refused("The token has no subject.");

        // Of a token that does not say when it was issued, or says a time to come, no more is known than that it is here now.
        var now = clock.GetUtcNow();
        var issued = Seconds(claims, "iat") is { } said && said < now ? said : now;
        if (end - issued > settings.MaxTokenLifetime + options.Value.ClockSkew)
            return Refused($"The token's lifetime is {(long)(end - issued).TotalSeconds} seconds; {path}:MaxTokenLifetimeSeconds is {settings.MaxTokenLifetimeSeconds}.");

        var roles = ClaimReader.Roles(claims, settings);
        var lack = roles.Count > 0 ? null : $"none of ours; {path}:RoleClaim is '{settings.RoleClaim}', which has {Shown(string.Join(' ', ClaimReader.Values(claims, settings.RoleClaim)))}";
        var caller = Callers.Known(settings.SubjectPrefix + subject, roles, ClaimReader.Stores(claims, settings), accepted, lack);
        known.Add(token, caller, accepted, authority.Keys, keys);
        return new(caller, null);
    }

    // A service cannot get another token while their provider is away. What was good when the provider was last heard of is good as long as its keys are.
    private static async Task<bool> OutlivesItsAuthority(TrustedAuthority authority, JsonElement claims, DateTimeOffset ended)
    {
        if (!ClaimReader.Roles(claims, authority.Provider.Settings).Contains(Roles.Service, StringComparer.Ordinal))
            return false;

        await authority.Keys.Fetch();
        return authority.Keys.AwaySince is { } since && ended > since;
    }

    private static TokenValidationParameters Parameters(AuthorityOptions settings, IReadOnlyList<SecurityKey> keys, TimeSpan skew) => new()
    {
        ValidAlgorithms = TokenShape.Algorithms,
        RequireSignedTokens = true,
        ValidateIssuerSigningKey = true,
        IssuerSigningKeyResolver = (_, _, _, _) => keys,
        ValidateIssuer = true,
        IssuerValidator = (issuer, token, _) => settings.Issues(issuer, ((JsonWebToken)token).TryGetPayloadValue("tid", out string? tenant) ? tenant : null)
            ? issuer
            : throw new SecurityTokenInvalidIssuerException(),
        ValidateAudience = true,
        AudienceValidator = (audiences, token, _) => IsFor(settings, [.. audiences], ClientOf((JsonWebToken)token)),
        ValidateLifetime = true,
        RequireExpirationTime = true,
        ClockSkew = skew,
    };

    // Whoever has no audience in it was given to somebody at least; only one of ours will do.
    private static bool IsFor(AuthorityOptions settings, IReadOnlyList<string> audiences, string? client) =>
        settings.ClientNames is { Length: > 0 } clients
            ? client is not null && clients.Contains(client, StringComparer.Ordinal) && (audiences.Count == 0 || IsForUs(settings, audiences))
            : IsForUs(settings, audiences);

    private static bool IsForUs(AuthorityOptions settings, IReadOnlyList<string> audiences) => settings.Audiences.Intersect(audiences, StringComparer.Ordinal).Any();

    private static string? ClientOf(JsonWebToken token)
    {
        using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(token.EncodedPayload));
        return ClaimReader.Client(claims.RootElement);
    }

    private static string Flaw(Exception flaw, TokenShape shape, Authority authority) => flaw switch
    {
        SecurityTokenExpiredException => $"The token's lifetime has ended, at {Seconds(shape.Claims, "exp"):u}.",
        SecurityTokenNotYetValidException => $"The token's lifetime begins at {Seconds(shape.Claims, "nbf"):u} only.",
        SecurityTokenInvalidLifetimeException or SecurityTokenNoExpirationException => "The token's lifetime is none: it has no end, or ends before it begins.",
        SecurityTokenInvalidAudienceException =>
            $"The token's audience {Shown(string.Join(' ', ClaimReader.Values(shape.Claims, "aud")))}, given to the client {Shown(ClaimReader.Client(shape.Claims))}, is not that of {authority.Path}:Audience and :Clients.",
        SecurityTokenInvalidIssuerException => $"The token's issuer {Shown(ClaimReader.Text(shape.Claims, "iss"))} is not {authority.Path}:Authority.",
        _ => $"The token's key {Shown(shape.KeyId)} of {authority.Path}:Authority has not signed it.",
    };

    private static DateTimeOffset? Seconds(JsonElement claims, string name) =>
        ClaimReader.Seconds(claims, name) is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    private static string Shown(string? text) => string.IsNullOrEmpty(text) ? "(none)" : $"'{(text.Length > LongestShown ? text[..LongestShown] + "…" : text)}'";

    private static Verdict Refused(string why) => new(null, new RefusedTokenException(why));
}

/// <summary>What a token says of itself before anything is believed: three parts, an algorithm that we accept, a key's name, what kind of token it is, and its claims.</summary>
internal sealed record TokenShape(string? KeyId, string Type, JsonElement Claims)
{
    /// <summary>ECDSA on P-256 and RSA, with SHA-256; neither <c>none</c> nor anything that a public key could be a secret of.</summary>
    public static readonly string[] Algorithms = ["ES256", "RS256"];

    /// <summary>As long as the headers may be that the gateway takes.</summary>
    public const int Longest = 16 * 1024;

    private const int Parts = 3;
    private const string Media = "application/";

    public static bool TryRead(string token, [NotNullWhen(true)] out TokenShape? shape)
    {
        shape = null;
        if (token.Length > Longest || token.AsSpan().Count('.') != Parts - 1)
            return false;

        try
        {
            var (first, last) = (token.IndexOf('.', StringComparison.Ordinal), token.LastIndexOf('.'));
            using var header = JsonDocument.Parse(Base64Url.DecodeFromChars(token.AsSpan(0, first)));
            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(token.AsSpan(first + 1, last - first - 1)));
            shape = claims.RootElement.ValueKind == JsonValueKind.Object && IsReadable(claims.RootElement) ? Read(header.RootElement, claims.RootElement.Clone()) : null;
        }
        catch (Exception malformed) when (malformed is FormatException or JsonException or InvalidOperationException)
        {
            return false;
        }

        return shape is not null;
    }

    // Half of a surrogate pair, in a text or a name, is found only when it is read: here it is a malformed token, later it would be a fault of ours.
    private static bool IsReadable(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().All(static one => one.Name is not null && IsReadable(one.Value)),
        JsonValueKind.Array => value.EnumerateArray().All(IsReadable),
        JsonValueKind.String => value.GetString() is not null,
        _ => true,
    };

    // "crit" names extensions that must be understood (RFC 7515, 4.1.11); we understand none.
    private static TokenShape? Read(JsonElement header, JsonElement claims) =>
        Text(header, "alg") is { } algorithm && Algorithms.Contains(algorithm, StringComparer.Ordinal) && !header.TryGetProperty("crit", out _)
            ? new TokenShape(Text(header, "kid"), Text(header, "typ") is { } type ? Short(type) : "JWT", claims)
            : null;

    // Of a media type the beginning may be left out (RFC 7515, 4.1.9).
    private static string Short(string type) => type.StartsWith(Media, StringComparison.OrdinalIgnoreCase) ? type[Media.Length..] : type;

    private static string? Text(JsonElement header, string name) => header.TryGetProperty(name, out var found) ? found.GetString() : null;
}

/// <summary>A token is longer than any that is read.</summary>
internal sealed class LargeTokenException(string message) : Exception(message);

/// <summary>A token was sent that is not accepted; the message says why, in words for the log: it names settings, and nothing secret.</summary>
public sealed class RefusedTokenException : Exception
{
    /// <summary>A token is not accepted.</summary>
    public RefusedTokenException()
        : this("The token is not one that is accepted here.")
    {
    }

    /// <summary>Says why it is not.</summary>
    public RefusedTokenException(string message)
        : base(message)
    {
    }

    /// <summary>Says why it is not.</summary>
    public RefusedTokenException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

/// <summary>
/// Tokens that were checked a while ago, by their SHA-256, so that a caller's next request does not cost another signature's check. Valid
/// until they expire or the provider's keys change. Bounded: the half that was filled first goes as a whole.
/// </summary>
internal sealed class CheckedTokens(TimeProvider clock)
{
    private const int HalfOfAll = 5_000;
    private const int HashLength = 32;

    private ConcurrentDictionary<Hash, Entry> _new = new();
    private ConcurrentDictionary<Hash, Entry> _old = new();

    public bool TryFind(string token, [NotNullWhen(true)] out ClaimsPrincipal? caller)
    {
        caller = null;
        var hash = Of(token);
        var found = _new.TryGetValue(hash, out var entry) || _old.TryGetValue(hash, out entry);
        if (!found || entry!.Expires <= clock.GetUtcNow() || !ReferenceEquals(entry.Keys, entry.Source.Current()))
            return false;

        caller = entry.Caller;
        return true;
    }

    public void Add(string token, ClaimsPrincipal caller, DateTimeOffset expires, SigningKeys source, PublishedKeys checkedWith)
    {
        var current = _new;
        if (current.Count >= HalfOfAll && Interlocked.CompareExchange(ref _new, new ConcurrentDictionary<Hash, Entry>(), current) == current)
            _old = current;

        _new[Of(token)] = new Entry(caller, expires, source, checkedWith);
    }

    private static Hash Of(string token)
    {
        Span<byte> hash = stackalloc byte[HashLength];
        SHA256.HashData(Encoding.UTF8.GetBytes(token), hash);
        return new Hash(BitConverter.ToUInt128(hash[..(HashLength / 2)]), BitConverter.ToUInt128(hash[(HashLength / 2)..]));
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Hash(UInt128 First, UInt128 Second);

    private sealed record Entry(ClaimsPrincipal Caller, DateTimeOffset Expires, SigningKeys Source, PublishedKeys Keys);
}
