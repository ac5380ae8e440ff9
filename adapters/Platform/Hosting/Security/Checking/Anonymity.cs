using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace FoodDelivery.Platform.Hosting.Security.Checking;

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
