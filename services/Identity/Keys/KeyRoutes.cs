using FoodDelivery.Platform.Rest;
using FoodDelivery.Platform.Security;
using FoodDelivery.Services.Identity.Authorizing;
using FoodDelivery.Services.Identity.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FoodDelivery.Services.Identity.Keys;

/// <summary>What everybody may know: the discovery document and the public keys.</summary>
internal static class KeyRoutes
{
    private const string Keys = "/.well-known/jwks.json";

    private static readonly string[] Methods = ["client_secret_basic", "client_secret_post", "none"];

    public static void MapKeys(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/.well-known/openid-configuration", Discovery).WithTags("Discovery").WithSummary("Where everything is (OpenID Connect Discovery)").AllowWithoutToken();
        routes.MapGet(Keys, Published).WithTags("Discovery").WithSummary("The public keys (JWKS)").AllowWithoutToken();
    }

    private static IResult Published(KeyRing ring) => Results.Json(new { keys = ring.Published() }, RestJson.Options);

    private static IResult Discovery(IdentitySettings settings) => Results.Json(
        new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["issuer"] = settings.Issuer,
            ["jwks_uri"] = settings.Issuer + Keys,
            ["token_endpoint"] = settings.Issuer + TokenRoutes.Path,
            ["authorization_endpoint"] = settings.Issuer + AuthorizationRoutes.Path,
            ["grant_types_supported"] = Grants.Supported,
            ["response_types_supported"] = new[] { "code" },
            ["response_modes_supported"] = new[] { "query" },
            ["code_challenge_methods_supported"] = new[] { "S256" },
            ["authorization_response_iss_parameter_supported"] = true,
            ["token_endpoint_auth_methods_supported"] = Methods,
            ["scopes_supported"] = Scopes.Supported,
            ["subject_types_supported"] = new[] { "public" },
            ["id_token_signing_alg_values_supported"] = new[] { "ES256" },
            ["claims_supported"] = new[] { "sub", "role", "store_id" },
        },
        RestJson.Options);
}
