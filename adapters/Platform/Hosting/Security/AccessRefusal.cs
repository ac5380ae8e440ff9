using System.Diagnostics.Metrics;
using FoodDelivery.Platform.Hosting.Errors;
using FoodDelivery.Platform.Hosting.Health;
using FoodDelivery.Platform.Hosting.Rest;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
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
        .AddWarmUp("keys", SecurityServices.PrepareKeys)
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
            await Refuse(context, authorizeResult.Forbidden ? NotThisRole : await OfNobody(context));
        }
    }

    private Task Refuse(HttpContext context, Refusal refusal)
    {
        if (!WarmUpCalls.Has(context))
            audit.Refused(context, refusal.Reason);

        return refusal.ExecuteAsync(context);
    }

    // The handler keeps its answer for the length of a request, so that asking again costs nothing.
    private static async Task<Refusal> OfNobody(HttpContext context) => (await context.AuthenticateAsync()).Failure switch
    {
        null when context.Request.Headers.Authorization.Count == 0 => NoToken,
        AuthorityException => AuthorityAway,
        SecurityTokenExpiredException => Expired,
        _ => Unaccepted,
    };

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

    public void Refused(HttpContext context, string reason)
    {
        _refusals.Add(1, new KeyValuePair<string, object?>("reason", reason));
        Refused(Caller.Of(context), context.Request.Method, context.Request.Path, reason);
    }

    public void Allowed(HttpContext context)
    {
        // Reading changes nothing, and in Development everybody is an operator without a name.
        if (!HttpMethods.IsGet(context.Request.Method) && context.User.IsInRole(Security.Roles.Operator) && Caller.Of(context) is not Caller.Anonymous)
            Did(Caller.Of(context), context.Request.Method, context.Request.Path);
    }

    [LoggerMessage(LogLevel.Information, "{Caller} was refused {Method} {Path}: {Reason}")]
    private partial void Refused(string caller, string method, string path, string reason);

    [LoggerMessage(LogLevel.Information, "Operator {Caller} asks for {Method} {Path}")]
    private partial void Did(string caller, string method, string path);
}
