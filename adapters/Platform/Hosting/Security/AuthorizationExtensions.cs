using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace FoodDelivery.Platform.Hosting.Security;

/// <summary>Says of a route who may call it. A route of which nothing is said is an operator's.</summary>
public static class AuthorizationExtensions
{
    /// <summary>These roles may call it, and an operator, who may call everything.</summary>
    public static TBuilder AllowRoles<TBuilder>(this TBuilder route, params ReadOnlySpan<string> roles)
        where TBuilder : IEndpointConventionBuilder => route.RequireAuthorization(Statement(roles));

    /// <summary>Whoever has a token with any role may call it.</summary>
    public static TBuilder AllowEveryRole<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder => route.AllowRoles([.. Roles.All]);

    /// <summary>Whoever has a token with any role may call it, and if <paramref name="readingIsFree"/> whoever only reads (GET), without one.</summary>
    public static TBuilder AllowEveryRole<TBuilder>(this TBuilder route, bool readingIsFree)
        where TBuilder : IEndpointConventionBuilder => route.RequireAuthorization(policy => policy.RequireAssertion(call =>
            Roles.All.Any(call.User.IsInRole)
            || (readingIsFree && call.Resource is HttpContext { Request: var request } && HttpMethods.IsGet(request.Method) && request.Headers.Authorization.Count == 0)));

    /// <summary>Nobody needs a token for it: probes, and what another service checks.</summary>
    public static TBuilder AllowWithoutToken<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder => route.AllowAnonymous();

    /// <summary>The statement itself, for where there is no route but its metadata.</summary>
    /// <exception cref="ArgumentException">One of the roles is none.</exception>
    public static AuthorizeAttribute Statement(params ReadOnlySpan<string> roles)
    {
        foreach (var role in roles)
        {
            if (!Roles.All.Contains(role, StringComparer.Ordinal))
                throw new ArgumentException($"There is no role {role}.", nameof(roles));
        }

        return new AuthorizeAttribute { Roles = string.Join(',', [.. roles, Roles.Operator]) };
    }
}
