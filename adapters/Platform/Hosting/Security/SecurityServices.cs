using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace FoodDelivery.Platform.Hosting.Security;

/// <summary>Registration of who may call what.</summary>
public static class SecurityServices
{
    /// <summary>The check of tokens by the settings under <c>Auth</c>; routes without a statement are an operator's, who in Development needs no token.</summary>
    public static IServiceCollection AddSecurity(this IServiceCollection services, IConfiguration configuration, bool development)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var check = new AuthOptionsCheck(development);
        services.AddSingleton<IPostConfigureOptions<AuthOptions>>(check).AddSingleton<IValidateOptions<AuthOptions>>(check);
        services.AddOptions<AuthOptions>().Bind(configuration.GetSection(AuthOptions.Section)).ValidateOnStart();
        services.Configure<AnonymousCallers>(anonymous => anonymous.AreOperators = development);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<Authorities>().AddSingleton<TokenCheck>().AddSingleton<CheckedTokens>();
        services.AddSingleton<IConfigureOptions<JwtBearerOptions>, BearerSetup>();
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        services.AddAuthorization(static access =>
            access.FallbackPolicy = new AuthorizationPolicyBuilder().RequireRole(Roles.Operator).Build());
        return services;
    }

    /// <summary>Fetches the keys that tokens are checked with before the first one comes, so that a service that has just started needs its provider no more than the others do.</summary>
    public static Task PrepareKeys(this IServiceProvider services, CancellationToken cancellation) =>
        Task.WhenAll(services.GetRequiredService<Authorities>().All.Select(one => one.Keys.Prepare(cancellation)));

    /// <summary>Whether a token can be checked, of one provider at least.</summary>
    internal static bool HaveKeys(IServiceProvider services) =>
        services.GetRequiredService<Authorities>().All.Any(static one => one.Keys.Current() is not null);

    /// <summary>The same; if not, the providers are asked again, since no caller may come before there are keys.</summary>
    internal static bool HaveOrFetchKeys(IServiceProvider services)
    {
        if (HaveKeys(services))
            return true;

        foreach (var one in services.GetRequiredService<Authorities>().All)
            _ = one.Keys.Fetch();

        return false;
    }

    /// <summary>Checks who calls and whether it may. Call it before whatever acts upon a request.</summary>
    public static IApplicationBuilder UseSecurity(this IApplicationBuilder app) => app.UseCallers().UseAuthorization();

    /// <summary>Finds out who calls, and refuses nobody yet: for what is done by caller in between, such as limits.</summary>
    public static IApplicationBuilder UseCallers(this IApplicationBuilder app) => app.UseAuthentication().UseMiddleware<Anonymity>();
}

/// <summary>Makes an operator of a caller that sends no token, where such callers are; one whose token was refused stays nobody.</summary>
internal sealed class Anonymity(RequestDelegate next, IOptions<AnonymousCallers> anonymous)
{
    private readonly bool _areOperators = anonymous.Value.AreOperators;

    public Task InvokeAsync(HttpContext context)
    {
        if (_areOperators && context.Request.Headers.Authorization.Count == 0)
            context.User = Callers.DevelopmentOperator;

        return next(context);
    }
}

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
