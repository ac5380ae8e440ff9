using System.Diagnostics.Metrics;
using FoodDelivery.Platform.Hosting.Errors;
using FoodDelivery.Platform.Hosting.Health;
using FoodDelivery.Platform.Hosting.Rest;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Infrastructure;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace FoodDelivery.Platform.Hosting.Security;

/// <summary>Registers who may call what, and how a refusal is said.</summary>
internal static class AccessRegistration
{
    public static IServiceCollection AddAccess(this IServiceCollection services, IConfiguration configuration, bool development) => services
        .AddSecurity(configuration, development)
        .AddWarmUp("keys", SecurityServices.PrepareKeys, development ? SecurityServices.HaveKeys : SecurityServices.HaveOrFetchKeys, isNeeded: !development)
        .AddSingleton<Audit>()
        .AddSingleton<AccessAudit>()
        .AddSingleton<IAuthorizationMiddlewareResultHandler, AccessRefusal>();
}

/// <summary>Lets a caller pass, or says in its protocol why not.</summary>
internal sealed class AccessRefusal(AccessAudit audit) : IAuthorizationMiddlewareResultHandler
{
    // Nothing of the token is repeated.
    private static readonly Refusal NoToken = Unauthenticated("TOKEN_MISSING", "This needs a token: Authorization: Bearer TOKEN.", "Bearer");

    private static readonly Refusal Expired = Unauthenticated(
        "TOKEN_EXPIRED", "The token has expired; get a new one.", "Bearer error=\"invalid_token\", error_description=\"The token has expired\"");

    private static readonly Refusal Unaccepted = Unauthenticated(
        "TOKEN_INVALID", "The token is not one that is accepted here: its signature, issuer, audience or lifetime is wrong.", "Bearer error=\"invalid_token\"");

    private static readonly Refusal TooLarge = new(
        StatusCodes.Status431RequestHeaderFieldsTooLarge, "TOKEN_TOO_LARGE", $"The token has more than {TokenShape.Longest} characters; a new one would have too, unless its provider puts less into it.");

    private static readonly Refusal AuthorityAway = Refusal.Later(
        "AUTHORITY_AWAY", "The token cannot be checked, since the provider that issued it does not answer; try again.");

    private static readonly Refusal NotThisRole = new(StatusCodes.Status403Forbidden, "ROLE_NOT_ALLOWED", "The role that your token has may not do this.")
    {
        Challenge = "Bearer error=\"insufficient_scope\"",
    };

    public async Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
        {
            audit.Allowed(context);
            await next(context);
        }
        else if (authorizeResult.Forbidden && context.GetEndpoint() is not RouteEndpoint)
        {
            // Whoever is known may be told that there is nothing here, or that the method is wrong.
            await next(context);
        }
        else
        {
            var failure = authorizeResult.Forbidden ? null : (await context.AuthenticateAsync()).Failure;
            var refusal = authorizeResult.Forbidden ? NotThisRole : OfNobody(context, failure);
            if (!WarmUpCalls.Has(context))
                audit.Refused(context, refusal.Reason, authorizeResult.Forbidden ? $"The token's role is {Callers.RolesOf(context.User)}; {Needed(policy)}." : Why(refusal, failure));

            await refusal.ExecuteAsync(context);
        }
    }

    // The handler keeps its answer for the length of a request, so that asking it again costs nothing.
    private static Refusal OfNobody(HttpContext context, Exception? failure) => failure switch
    {
        null when context.Request.Headers.Authorization.Count == 0 => NoToken,
        AuthorityException => AuthorityAway,
        LargeTokenException => TooLarge,
        { InnerException: SecurityTokenExpiredException } => Expired,
        _ => Unaccepted,
    };

    private static string? Why(Refusal refusal, Exception? failure) =>
        refusal == NoToken ? null : failure?.Message ?? "What it sends as Authorization is no bearer token.";

    private static string Needed(AuthorizationPolicy policy) =>
        policy.Requirements.OfType<RolesAuthorizationRequirement>().FirstOrDefault() is { } needed ? $"it must be {string.Join(" or ", needed.AllowedRoles)}" : "it must be another";

    private static Refusal Unauthenticated(string reason, string detail, string challenge) =>
        new(StatusCodes.Status401Unauthorized, reason, detail) { Challenge = challenge };
}

/// <summary>Writes down who was refused what, and what operators did. A token never appears in it.</summary>
internal sealed partial class AccessAudit
{
    private readonly ILogger<AccessAudit> _log;
    private readonly Counter<long> _refusals;

    public AccessAudit(ILogger<AccessAudit> log, IMeterFactory meters)
    {
        _log = log;
        _refusals = meters.Create("fooddelivery.security").CreateCounter<long>("security.refusals", description: "Calls refused for their token or its role.");
    }

    /// <param name="context">The request.</param>
    /// <param name="reason">The stable word.</param>
    /// <param name="why">What exactly is wrong with its token; null where it has none.</param>
    public void Refused(HttpContext context, string reason, string? why)
    {
        _refusals.Add(1, new KeyValuePair<string, object?>("reason", reason));

        // Whoever keeps only warnings must still see why a token is not accepted: mostly a setting is wrong, here or at the provider.
        if (why is null)
            Refused(Caller.Of(context), context.Request.Method, context.Request.Path, reason);
        else
            Refused(Caller.Of(context), context.Request.Method, context.Request.Path, reason, why);
    }

    public void Allowed(HttpContext context)
    {
        // Reading changes nothing, and in Development everybody is an operator without a name.
        if (!HttpMethods.IsGet(context.Request.Method) && context.User.IsInRole(Security.Roles.Operator) && Caller.Of(context) is not Caller.Anonymous)
            Did(Caller.Of(context), context.Request.Method, context.Request.Path);
    }

    [LoggerMessage(LogLevel.Information, "{Caller} was refused {Method} {Path}: {Reason}")]
    private partial void Refused(string caller, string method, string path, string reason);

    [LoggerMessage(LogLevel.Warning, "{Caller} was refused {Method} {Path}: {Reason}. {Why}")]
    private partial void Refused(string caller, string method, string path, string reason, string why);

    [LoggerMessage(LogLevel.Information, "Operator {Caller} asks for {Method} {Path}")]
    private partial void Did(string caller, string method, string path);
}
