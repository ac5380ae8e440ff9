using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.IdentityModel.Tokens.Jwt;
using System.Runtime.InteropServices;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace FoodDelivery.Platform.Hosting.Security;

/// <summary>How the platform's bearer handler checks a token: signature, issuer, audience, lifetime, and nothing less.</summary>
internal sealed class TokenCheck(IOptions<AuthOptions> options, SigningKeys keys, CheckedTokens known, TimeProvider clock) : IConfigureNamedOptions<JwtBearerOptions>
{
    private const string Scheme = JwtBearerDefaults.AuthenticationScheme + " ";

    // Claims keep the names that they have in the token, with whichever handler the package set brings.
    static TokenCheck() => JwtSecurityTokenHandler.DefaultMapInboundClaims = false;

    public void Configure(JwtBearerOptions options) => Configure(JwtBearerDefaults.AuthenticationScheme, options);

    public void Configure(string? name, JwtBearerOptions bearer)
    {
        var settings = options.Value;
        bearer.TokenValidationParameters = new TokenValidationParameters
        {
            ValidAlgorithms = TokenShape.Algorithms,
            RequireSignedTokens = true,
            ValidateIssuerSigningKey = true,
            IssuerSigningKeyResolver = (_, _, keyId, _) => keys.Current()?.For(keyId) ?? [],
            ValidateIssuer = true,
            ValidIssuers = settings.Issuers,
            ValidateAudience = true,
            RequireAudience = true,
            ValidAudience = settings.Audience,
            IgnoreTrailingSlashWhenValidatingAudience = false,
            ValidateLifetime = true,
            RequireExpirationTime = true,
            ClockSkew = settings.ClockSkew,
        };
        bearer.IncludeErrorDetails = false;
        bearer.SaveToken = false;
        bearer.Events = new JwtBearerEvents { OnMessageReceived = Received, OnTokenValidated = Validated };
    }

    private async Task Received(MessageReceivedContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return;

        var token = header[Scheme.Length..].Trim();
        if (known.TryFind(token, out var caller))
        {
            context.Principal = caller;
            context.Success();
        }
        else if (!TokenShape.TryRead(token, out var shape) || !options.Value.Types.Contains(shape.Type, StringComparer.OrdinalIgnoreCase))
        {
            context.Fail(new RefusedTokenException());
        }
        else if (await keys.For(shape.KeyId, context.HttpContext.RequestAborted) is not { } current)
        {
            context.Fail(new AuthorityException());
        }
        else
        {
            context.HttpContext.Items[typeof(PublishedKeys)] = current;
            context.Token = token;
        }
    }

    private Task Validated(TokenValidatedContext context)
    {
        var claims = context.Principal!;
        if (claims.FindFirst(Callers.Subject)?.Value is not { Length: > 0 } subject)
        {
            context.Fail(new RefusedTokenException("The token has no subject."));
            return Task.CompletedTask;
        }

        var ends = new DateTimeOffset(context.SecurityToken.ValidTo, TimeSpan.Zero);
        if (ends - Issued(claims) > options.Value.MaxTokenLifetime + options.Value.ClockSkew)
        {
            context.Fail(new RefusedTokenException("The token is good for too long."));
            return Task.CompletedTask;
        }

        ends += options.Value.ClockSkew;
        var caller = Callers.Known(subject, Values(claims, options.Value.RoleClaim), Values(claims, options.Value.StoreClaim).FirstOrDefault(), ends);
        var token = context.Request.Headers.Authorization.ToString()[Scheme.Length..].Trim();
        known.Add(token, caller, ends, (PublishedKeys)context.HttpContext.Items[typeof(PublishedKeys)]!);
        context.Principal = caller;
        return Task.CompletedTask;
    }

    // Of a token that does not say when, or says a time to come, no more is known than that it is here now.
    private DateTimeOffset Issued(ClaimsPrincipal claims)
    {
        var now = clock.GetUtcNow();
        return long.TryParse(claims.FindFirst("iat")?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < now.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : now;
    }

    private static IEnumerable<string> Values(ClaimsPrincipal claims, string type) => claims.FindAll(type).Select(static claim => claim.Value);
}

/// <summary>What a token says of itself before anything is believed: three parts, an algorithm that we accept, a key's name, what kind of token it is.</summary>
internal sealed record TokenShape(string? KeyId, string Type)
{
    /// <summary>ECDSA on P-256 and RSA, with SHA-256; neither <c>none</c> nor anything that a public key could be a secret of.</summary>
    public static readonly string[] Algorithms = ["ES256", "RS256"];

    private const int Longest = 8 * 1024;
    private const int Parts = 3;
    private const string Media = "application/";

    public static bool TryRead(string token, [NotNullWhen(true)] out TokenShape? shape)
    {
        shape = null;
        if (token.Length > Longest || token.AsSpan().Count('.') != Parts - 1)
            return false;

        try
        {
            using var header = JsonDocument.Parse(Base64Url.DecodeFromChars(token.AsSpan(0, token.IndexOf('.', StringComparison.Ordinal))));
            shape = Read(header.RootElement);
        }
        catch (Exception malformed) when (malformed is FormatException or JsonException or InvalidOperationException)
        {
            return false;
        }

        return shape is not null;
    }

    // "crit" names extensions that must be understood (RFC 7515, 4.1.11); we understand none.
    private static TokenShape? Read(JsonElement header) =>
        Text(header, "alg") is { } algorithm && Algorithms.Contains(algorithm, StringComparer.Ordinal) && !header.TryGetProperty("crit", out _)
            ? new TokenShape(Text(header, "kid"), Text(header, "typ") is { } type ? Short(type) : "JWT")
            : null;

    // Of a media type the beginning may be left out (RFC 7515, 4.1.9).
    private static string Short(string type) => type.StartsWith(Media, StringComparison.OrdinalIgnoreCase) ? type[Media.Length..] : type;

    private static string? Text(JsonElement header, string name) => header.TryGetProperty(name, out var found) ? found.GetString() : null;
}

/// <summary>A token was sent that is not accepted; the message says nothing of what is in it.</summary>
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
internal sealed class CheckedTokens(SigningKeys keys, TimeProvider clock)
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
        if (!found || entry!.Expires <= clock.GetUtcNow() || !ReferenceEquals(entry.Keys, keys.Current()))
            return false;

        caller = entry.Caller;
        return true;
    }

    public void Add(string token, ClaimsPrincipal caller, DateTimeOffset expires, PublishedKeys checkedWith)
    {
        var current = _new;
        if (current.Count >= HalfOfAll && Interlocked.CompareExchange(ref _new, new ConcurrentDictionary<Hash, Entry>(), current) == current)
            _old = current;

        _new[Of(token)] = new Entry(caller, expires, checkedWith);
    }

    private static Hash Of(string token)
    {
        Span<byte> hash = stackalloc byte[HashLength];
        SHA256.HashData(Encoding.UTF8.GetBytes(token), hash);
        return new Hash(BitConverter.ToUInt128(hash[..(HashLength / 2)]), BitConverter.ToUInt128(hash[(HashLength / 2)..]));
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Hash(UInt128 First, UInt128 Second);

    private sealed record Entry(ClaimsPrincipal Caller, DateTimeOffset Expires, PublishedKeys Keys);
}
