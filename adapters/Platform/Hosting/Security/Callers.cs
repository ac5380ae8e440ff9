using System.Globalization;
using System.Security.Claims;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Platform.Hosting.Security;

/// <summary>Makes a caller of what was found out about it.</summary>
internal static class Callers
{
    public const string Subject = "sub";
    public const string Role = "role";
    public const string Store = "store_id";
    private const string End = "exp";
    private const string Lacking = "role_lacking";

    /// <summary>Who may do everything, since in Development nobody needs a token.</summary>
    public static readonly ClaimsPrincipal DevelopmentOperator = new(new ClaimsIdentity(
        [new Claim(Role, Roles.Operator)], "Development", Subject, Role));

    public static ClaimsPrincipal Known(string subject, IEnumerable<string> roles, IEnumerable<long> stores, DateTimeOffset end, string? lack)
    {
        var identity = new ClaimsIdentity("Bearer", Subject, Role);
        identity.AddClaim(new Claim(Subject, UnicodeText.Compose(subject)));
        identity.AddClaim(new Claim(End, end.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)));
        identity.AddClaims(roles.Select(static role => new Claim(Role, role)));
        identity.AddClaims(stores.Select(static store => new Claim(Store, store.ToString(CultureInfo.InvariantCulture))));
        if (lack is not null)
            identity.AddClaim(new Claim(Lacking, lack));

        return new ClaimsPrincipal(identity);
    }

    /// <summary>What is known of the caller's roles, in words for the log.</summary>
    public static string RolesOf(ClaimsPrincipal caller) =>
        caller.FindFirstValue(Lacking) ?? string.Join(" and ", caller.FindAll(Role).Select(static claim => claim.Value));

    /// <summary>When the caller's token ends to be accepted; null for who has none.</summary>
    public static DateTimeOffset? EndOf(ClaimsPrincipal caller) => caller.FindFirstValue(End) is { } end
        ? DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(end, NumberStyles.None, CultureInfo.InvariantCulture))
        : null;
}

/// <summary>What a caller may be, as its token says it in the claim that the settings name.</summary>
public static class Roles
{
    /// <summary>Orders and pays; sees its own orders only.</summary>
    public const string Customer = "customer";

    /// <summary>Runs a store, or several; sees and moves their tickets, and writes their menus.</summary>
    public const string Owner = "owner";

    /// <summary>One of our own services, calling another.</summary>
    public const string Service = "service";

    /// <summary>May do everything.</summary>
    public const string Operator = "operator";

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All = [Customer, Owner, Service, Operator];
}

/// <summary>What a caller without a token is. It is no setting: code decides, by the environment.</summary>
public sealed class AnonymousCallers
{
    /// <summary>Whether it is an operator, as on a service's own ports in Development; otherwise it is nobody.</summary>
    public bool AreOperators { get; set; }
}

/// <summary>What a use case is told of the request that leads to it: for whom it is, and by which message.</summary>
public static class RequestContext
{
    /// <summary>The caller's scope, by its token.</summary>
    /// <exception cref="InvalidOperationException">The route is open to callers without a token; nothing can be said of them.</exception>
    public static AccessScope AccessScope(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var caller = context.User;
        var known = caller.FindFirstValue(Callers.Subject);
        if (caller.IsInRole(Roles.Operator) || caller.IsInRole(Roles.Service))
            return known is null || !caller.IsInRole(Roles.Operator) ? Kernel.AccessScope.Everything : context.RequestServices.GetRequiredService<Audit>().ScopeOf(known, context);

        var subject = known
            ?? throw new InvalidOperationException("Who may see what cannot be asked of a route that needs no token.");
        return caller.IsInRole(Roles.Owner) ? Kernel.AccessScope.OfOwner(subject, StoresOf(caller)) : Kernel.AccessScope.OfCustomer(subject);
    }

    /// <inheritdoc cref="AccessScope(HttpContext)"/>
    public static AccessScope AccessScope(this ServerCallContext context) => context.GetHttpContext().AccessScope();

    /// <summary>A command, by the id of its request.</summary>
    public static MessageContext MessageContext(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Kernel.MessageContext.Command(context.TraceIdentifier);
    }

    /// <inheritdoc cref="MessageContext(HttpContext)"/>
    public static MessageContext MessageContext(this ServerCallContext context) => context.GetHttpContext().MessageContext();

    private static long[] StoresOf(ClaimsPrincipal caller) =>
        [.. caller.FindAll(Callers.Store).Select(static claim => long.Parse(claim.Value, NumberStyles.None, CultureInfo.InvariantCulture))];
}
