using FoodDelivery.Platform.Hosting.Rest;
using FoodDelivery.Platform.Hosting.Security;
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

    public static void MapKeys(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/.well-known/openid-configuration", Discovery).WithTags("Discovery").WithSummary("Where everything is (OpenID Connect Discovery)").AllowWithoutToken();
        routes.MapGet(Keys, Published).WithTags("Discovery").WithSummary("The public keys (JWKS)").AllowWithoutToken();
    }

    private static IResult Published(KeyRing ring) => Results.Json(new { keys = ring.Published() }, RestJson.Options);

    private static IResult Discovery(IdentitySettings settings) => Results.Json(Describe(settings.Issuer), RestJson.Options);

    private static Dictionary<string, object> Describe(string issuer) => new(StringComparer.Ordinal)
    {
        ["issuer"] = issuer,
        ["jwks_uri"] = issuer + Keys,
        ["token_endpoint"] = issuer + TokenRoutes.Path,
        ["authorization_endpoint"] = issuer + AuthorizationRoutes.Path,
        ["grant_types_supported"] = Grants.Supported,
        ["response_types_supported"] = List("code"),
        ["response_modes_supported"] = List("query"),
        ["code_challenge_methods_supported"] = List("S256"),
        ["authorization_response_iss_parameter_supported"] = true,
        ["token_endpoint_auth_methods_supported"] = List("client_secret_basic", "client_secret_post", "none"),
        ["scopes_supported"] = Scopes.Supported,
        ["subject_types_supported"] = List("public"),
        ["id_token_signing_alg_values_supported"] = List("ES256"),
        ["claims_supported"] = List("sub", "role", "store_id"),
    };

    private static string[] List(params string[] words) => words;
}
