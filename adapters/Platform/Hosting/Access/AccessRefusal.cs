using FoodDelivery.Platform.Hosting.Rejections;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace FoodDelivery.Platform.Hosting.Access;

/// <summary>Lets a caller pass, or says in its protocol why not.</summary>
internal sealed class AccessRefusal(AccessAudit audit) : IAuthorizationMiddlewareResultHandler
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

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
            await Refuse(context, authorizeResult.Forbidden ? RefusedAccess.OfKnown() : await RefusedAccess.Of(context));
        }
    }

    private Task Refuse(HttpContext context, RefusedAccess refusal)
    {
        audit.Refused(context, refusal);
        if (refusal.Challenge is not null)
            context.Response.Headers[HeaderNames.WWWAuthenticate] = refusal.Challenge;

        if (RpcAnswer.IsAskedFor(context.Request))
        {
            RpcAnswer.Write(context, RpcErrors.Refusal(refusal.RpcStatus, refusal.Reason, refusal.Detail));
            return Task.CompletedTask;
        }

        return new Problem(refusal.HttpStatus, refusal.Reason, refusal.Detail)
        {
            RetryAfter = refusal.HttpStatus == StatusCodes.Status503ServiceUnavailable ? Soon : null,
        }.ExecuteAsync(context);
    }
}
