using FoodDelivery.Platform.Hosting.Security.Authorities;
using Grpc.Core;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.Tokens;

namespace FoodDelivery.Platform.Hosting.Access;

/// <summary>Why somebody may not call, in the words of both protocols. Nothing of the token is repeated.</summary>
/// <param name="HttpStatus">401, 403 or 503.</param>
/// <param name="RpcStatus">The same in gRPC.</param>
/// <param name="Reason">The stable word.</param>
/// <param name="Detail">The sentence.</param>
/// <param name="Challenge">What <c>WWW-Authenticate</c> says (RFC 6750); null where a token would not help.</param>
internal sealed record RefusedAccess(int HttpStatus, StatusCode RpcStatus, string Reason, string Detail, string? Challenge)
{
    private static readonly RefusedAccess NoToken = Unauthenticated(
        "TOKEN_MISSING", "This needs a token: Authorization: Bearer TOKEN.", "Bearer");

    private static readonly RefusedAccess Expired = Unauthenticated(
        "TOKEN_EXPIRED", "The token has expired; get a new one.", "Bearer error=\"invalid_token\", error_description=\"The token has expired\"");

    private static readonly RefusedAccess Unaccepted = Unauthenticated(
        "TOKEN_INVALID", "The token is not one that is accepted here: its signature, issuer, audience or lifetime is wrong.", "Bearer error=\"invalid_token\"");

    private static readonly RefusedAccess AuthorityAway = new(
        StatusCodes.Status503ServiceUnavailable,
        StatusCode.Unavailable,
        "AUTHORITY_AWAY",
        "The token cannot be checked, since the provider that issued it does not answer; try again.",
        Challenge: null);

    private static readonly RefusedAccess NotThisRole = new(
        StatusCodes.Status403Forbidden,
        StatusCode.PermissionDenied,
        "ROLE_NOT_ALLOWED",
        "The role that your token has may not do this.",
        "Bearer error=\"insufficient_scope\"");

    // The handler keeps its answer for the length of a request, so that asking again costs nothing.

    /// <summary>What was wrong with a caller that is nobody.</summary>
    public static async Task<RefusedAccess> Of(HttpContext context) => (await context.AuthenticateAsync()).Failure switch
    {
        null when context.Request.Headers.Authorization.Count == 0 => NoToken,
        AuthorityException => AuthorityAway,
        SecurityTokenExpiredException => Expired,
        _ => Unaccepted,
    };

    /// <summary>What was wrong with a caller that is known.</summary>
    public static RefusedAccess OfKnown() => NotThisRole;

    private static RefusedAccess Unauthenticated(string reason, string detail, string challenge) =>
        new(StatusCodes.Status401Unauthorized, StatusCode.Unauthenticated, reason, detail, challenge);
}
