using System.IdentityModel.Tokens.Jwt;
using System.Security.Claims;
using FoodDelivery.Platform.Hosting.Security.Authorities;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace FoodDelivery.Platform.Hosting.Security.Checking;

/// <summary>How the platform's bearer handler checks a token: signature, issuer, audience, lifetime, and nothing less.</summary>
internal sealed class TokenCheck(IOptions<AuthOptions> options, SigningKeys keys, CheckedTokens known) : IConfigureNamedOptions<JwtBearerOptions>
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
        else if (!TokenShape.TryRead(token, out var shape))
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

        var caller = Callers.Known(subject, Values(claims, options.Value.RoleClaim), Values(claims, options.Value.StoreClaim).FirstOrDefault());
        var token = context.Request.Headers.Authorization.ToString()[Scheme.Length..].Trim();
        known.Add(token, caller, new DateTimeOffset(context.SecurityToken.ValidTo, TimeSpan.Zero) + options.Value.ClockSkew, (PublishedKeys)context.HttpContext.Items[typeof(PublishedKeys)]!);
        context.Principal = caller;
        return Task.CompletedTask;
    }

    private static IEnumerable<string> Values(ClaimsPrincipal claims, string type) => claims.FindAll(type).Select(static claim => claim.Value);
}
