using System.Text.Json;

namespace FoodDelivery.Tests.Contract.Security.Providers;

/// <summary>How a provider's tokens look, as its documentation shows them; issuer, subject and times are added.</summary>
/// <param name="Header">The header's <c>typ</c>; null for none.</param>
/// <param name="Claims">The claims of a token for that role; null where the provider gives none such.</param>
internal sealed record ProviderShape(string? Header, Func<string, object?> Claims)
{
    private const string EntraApp = "33333333-aaaa-4bbb-8ccc-444444444444";

    /// <summary>By the names of the document's rows.</summary>
    public static readonly IReadOnlyDictionary<string, ProviderShape> All = new Dictionary<string, ProviderShape>(StringComparer.Ordinal)
    {
        ["Auth0"] = new("at+jwt", static role => role is "service"
            ? new { aud = "https://api.example.com", azp = "AUTH0ORDERCLIENT", gty = "client-credentials", sub = "AUTH0ORDERCLIENT@clients" }
            : Json($$"""{"aud": ["https://api.example.com", "https://food.eu.auth0.com/userinfo"], "azp": "AUTH0APP", "scope": "openid profile", "https://example.com/roles": ["{{role}}"], "https://example.com/stores": [2, 3]}""")),
        ["Okta"] = new(null, static role => role is "service"
            ? new { ver = 1, jti = "AT.1", aud = "api://default", cid = "0oaORDER", scp = new[] { "food" }, sub = "0oaORDER" }
            : new { ver = 1, jti = "AT.1", aud = "api://default", cid = "0oaAPP", uid = "00u1", scp = new[] { "openid" }, groups = Groups(role, "FoodOwners", "FoodOperators", "Everyone"), stores = new[] { 2, 3 } }),
        ["Entra, one tenant"] = new("JWT", static role => Entra(role, "11111111-aaaa-4bbb-8ccc-222222222222")),
        ["Entra, several tenants"] = new("JWT", static role => Entra(role, "77777777-aaaa-4bbb-8ccc-888888888888")),
        ["Keycloak, roles of the realm"] = new("JWT", static role => role is "service"
            ? new { aud = "account", typ = "Bearer", azp = "food-order", client_id = "food-order", preferred_username = "service-account-food-order", realm_access = new { roles = new[] { "default-roles-food", "offline_access" } } }
            : new
            {
                aud = "account", typ = "Bearer", azp = "food-app", sid = "1f", acr = "1", scope = "openid profile",
                realm_access = new { roles = Groups(role, "ROLE_OWNER", "ROLE_OPERATOR", "default-roles-food", "offline_access", "uma_authorization") },
                resource_access = new { account = new { roles = new[] { "manage-account" } } }, stores = new[] { "2", "3" },
            }),
        ["Keycloak, roles of a client"] = new("JWT", static role => Json(
            $$$"""{"aud": ["food.api", "account"], "typ": "Bearer", "azp": "any-app", "realm_access": {"roles": ["operator"]}, "resource_access": {"account": {"roles": ["view-profile"]}, "food.api": {"roles": ["{{{role}}}"]}}, "stores": [2, 3]}""")),
        ["Cognito"] = new(null, static role => role is "service"
            ? new { token_use = "access", scope = "food/pay", version = 2, client_id = "COGNITOORDERCLIENT", sub = "COGNITOORDERCLIENT" }
            : Json(role is "customer"
                ? """{"token_use": "access", "scope": "openid", "version": 2, "client_id": "COGNITOAPPCLIENT", "username": "kim", "event_id": "e"}"""
                : $$"""{"token_use": "access", "scope": "openid", "version": 2, "client_id": "COGNITOAPPCLIENT", "username": "kim", "cognito:groups": ["{{role}}s"], "stores": "2,3"}""")),
        ["Firebase"] = new("JWT", static role => role switch
        {
            "service" => null,
            "customer" => new { aud = "food-1234", auth_time = 1, user_id = "u", firebase = new { identities = new { }, sign_in_provider = "phone" } },
            _ => new { aud = "food-1234", auth_time = 1, user_id = "u", firebase = new { sign_in_provider = "password" }, role, stores = new[] { 2, 3 } },
        }),
        ["Google"] = new("JWT", static role => role is "customer" ? new { azp = "1234-ios.apps.googleusercontent.com", aud = "1234-ios.apps.googleusercontent.com", email_verified = true, at_hash = "h" } : null),
        ["Kakao"] = new("JWT", static role => role is "customer" ? new { aud = "KAKAONATIVEKEY", auth_time = 1, nonce = "n", nickname = "하나" } : null),
        ["Zitadel"] = new("JWT", static role => Json(
            $$$"""{"aud": ["111111111111111111@food", "222222222222222222"], "client_id": "111111111111111111@food", "jti": "V1", "urn:zitadel:iam:org:project:roles": {"{{{role}}}": {"333333333333333333": "food.zitadel.cloud"}}, "stores": ["2", "3"]}""")),
        ["Ory Hydra"] = new("JWT", static role => role is "service"
            ? new { aud = Array.Empty<string>(), client_id = "food-order", scp = new[] { "pay" }, ext = new { }, sub = "food-order" }
            : new { aud = Array.Empty<string>(), client_id = "food-app", scp = new[] { "openid" }, ext = new { role, stores = new[] { 2, 3 } } }),
        ["Duende IdentityServer"] = new("at+jwt", static role => new { aud = "fooddelivery", client_id = "food-app", scope = new[] { "openid", "food" }, role, store_id = "2", jti = "1" }),
        ["OpenIddict"] = new("at+jwt", static role => new { aud = "fooddelivery", client_id = "food-app", scope = "openid food", role = new[] { role }, store_id = 2, oi_prst = "food-app", oi_au_id = "1" }),
    };

    private static JsonElement Entra(string role, string tenant) => Json(
        $$"""{"aud": "{{EntraApp}}", "tid": "{{tenant}}", "ver": "2.0", "azp": "99999999-aaaa-4bbb-8ccc-000000000000", "azpacr": "1", "oid": "00000000-aaaa-4bbb-8ccc-000000000000", "roles": ["{{role}}"], "extn.stores": ["2", "3"]}""");

    private static string[] Groups(string role, string owner, string operators, params string[] others) =>
        role switch { "owner" => [.. others, owner], "operator" => [operators, .. others], _ => others };

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
