using FoodDelivery.Platform.Hosting.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FoodDelivery.Services.Identity.Tokens;

/// <summary>The token endpoint.</summary>
internal static class TokenRoutes
{
    public const string Path = "/connect/token";

    public static void MapTokens(this IEndpointRouteBuilder routes) => routes.MapPost(Path, Give)
        .WithTags("Tokens")
        .WithSummary("A token, for a client (client_credentials) or for somebody who has signed in (authorization_code with PKCE)")
        .AllowWithoutToken();

    private static async Task<IResult> Give(HttpRequest request, Grants grants)
    {
        try
        {
            return request.HasFormContentType
                ? grants.Decide(request, await request.ReadFormAsync(request.HttpContext.RequestAborted))
                : TokenAnswer.Error("invalid_request", "The body must be a form: application/x-www-form-urlencoded.");
        }
        catch (InvalidDataException unreadable)
        {
            return TokenAnswer.Error("invalid_request", unreadable.Message);
        }
    }
}
