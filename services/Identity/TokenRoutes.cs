using FoodDelivery.Platform.Hosting.Rest;
using FoodDelivery.Platform.Hosting.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FoodDelivery.Services.Identity;

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

/// <summary>An answer of the token endpoint (RFC 6749, 5.1 and 5.2); nobody may keep it.</summary>
internal sealed class TokenAnswer : IResult
{
    private const string Challenge = "Basic realm=\"fooddelivery\", charset=\"UTF-8\"";

    private readonly int _status;
    private readonly Dictionary<string, object?> _fields;

    private TokenAnswer(int status, Dictionary<string, object?> fields) => (_status, _fields) = (status, fields);

    public static TokenAnswer Of(string access, string? identity, TimeSpan lifetime, string? scope)
    {
        var fields = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["access_token"] = access,
            ["token_type"] = "Bearer",
            ["expires_in"] = (long)lifetime.TotalSeconds,
        };
        if (!string.IsNullOrEmpty(scope))
            fields["scope"] = scope;

        if (identity is not null)
            fields["id_token"] = identity;

        return new TokenAnswer(StatusCodes.Status200OK, fields);
    }

    /// <summary>A refusal, by one of the words of RFC 6749, 5.2.</summary>
    public static TokenAnswer Error(string error, string description) => new(
        error is "invalid_client" ? StatusCodes.Status401Unauthorized : StatusCodes.Status400BadRequest,
        new Dictionary<string, object?>(StringComparer.Ordinal) { ["error"] = error, ["error_description"] = description });

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var headers = httpContext.Response.Headers;
        (headers.CacheControl, headers.Pragma) = ("no-store", "no-cache");
        if (_status == StatusCodes.Status401Unauthorized)
            headers.WWWAuthenticate = Challenge;

        return Results.Json(_fields, RestJson.Options, statusCode: _status).ExecuteAsync(httpContext);
    }
}
