using System.Globalization;
using System.Security.Claims;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace FoodDelivery.Platform.Hosting.Security;

/// <summary>What a use case is told of the request that leads to it: for whom it is, and by which message.</summary>
public static class RequestContext
{
    /// <summary>The caller's scope, by its token.</summary>
    /// <exception cref="InvalidOperationException">The route is open to callers without a token; nothing can be said of them.</exception>
    public static AccessScope AccessScope(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var caller = context.User;
        if (caller.IsInRole(Roles.Operator) || caller.IsInRole(Roles.Service))
            return Kernel.AccessScope.Everything;

        var subject = caller.FindFirstValue(Callers.Subject)
            ?? throw new InvalidOperationException("Who may see what cannot be asked of a route that needs no token.");
        return caller.IsInRole(Roles.Owner) ? Kernel.AccessScope.OfOwner(subject, StoreOf(caller)) : Kernel.AccessScope.OfCustomer(subject);
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

    private static long StoreOf(ClaimsPrincipal caller) =>
        long.TryParse(caller.FindFirstValue(Callers.Store), NumberStyles.None, CultureInfo.InvariantCulture, out var store) ? store : 0;
}
