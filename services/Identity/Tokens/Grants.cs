using FoodDelivery.Services.Identity.Authorizing;
using FoodDelivery.Services.Identity.Clients;
using Microsoft.AspNetCore.Http;

namespace FoodDelivery.Services.Identity.Tokens;

/// <summary>Decides on a request for a token.</summary>
internal sealed class Grants(IdentitySettings settings, TokenIssuer issuer, Codes codes)
{
    public static readonly string[] Supported = ["client_credentials", "authorization_code"];

    private static readonly TokenAnswer UnknownClient = TokenAnswer.Error("invalid_client", "There is no such client, or its secret is another.");

    public TokenAnswer Decide(HttpRequest request, IFormCollection form)
    {
        if (form.FirstOrDefault(static field => field.Value.Count > 1).Key is { } repeated)
            return TokenAnswer.Error("invalid_request", $"{repeated} is given more than once.");

        var credentials = ClientCredentials.Of(request, form);
        if (credentials.IsTwice)
            return TokenAnswer.Error("invalid_request", "The client is named both in the header and in the form.");

        var client = settings.Clients.FirstOrDefault(one => string.Equals(one.Id, credentials.Id, StringComparison.Ordinal));
        if (client is null || (client.Secret is null ? credentials.Secret is { Length: > 0 } : !client.Proves(credentials.Secret)))
            return UnknownClient;

        var scope = form["scope"].ToString();
        return form["grant_type"].ToString() switch
        {
            "" => TokenAnswer.Error("invalid_request", "grant_type is missing."),
            _ when !Scopes.AreKnown(scope) => TokenAnswer.Error("invalid_scope", $"scope can have {string.Join(", ", Scopes.Supported)}."),
            "client_credentials" => ForItself(client, scope),
            "authorization_code" => ForSomebody(client, form),
            _ => TokenAnswer.Error("unsupported_grant_type", $"grant_type can be {string.Join(" or ", Supported)}."),
        };
    }

    private TokenAnswer ForItself(Client client, string scope)
    {
        if (client.Secret is null)
            return TokenAnswer.Error("unauthorized_client", "A client without a secret gets no token for itself.");

        var bearer = new Bearer(client.Subject, client.Role, client.Store, client.Id);
        return TokenAnswer.Of(issuer.Access(bearer, scope), identity: null, settings.TokenLifetime, scope);
    }

    private TokenAnswer ForSomebody(Client client, IFormCollection form)
    {
        var taken = codes.Take(form["code"].ToString());
        if (taken is null || !taken.IsFor(client.Id, form["redirect_uri"].ToString(), form["code_verifier"].ToString()))
            return TokenAnswer.Error("invalid_grant", "The code is unknown, used, expired, or for another client, redirect_uri or code_verifier.");

        var user = taken.User;
        var bearer = new Bearer(user.Id, user.Role, user.Store, client.Id);
        var identity = Scopes.Split(taken.Asked.Scope).Contains(Scopes.OpenId, StringComparer.Ordinal) ? issuer.Identity(bearer, user.Name, taken.Asked.Nonce) : null;
        return TokenAnswer.Of(issuer.Access(bearer, taken.Asked.Scope), identity, settings.TokenLifetime, taken.Asked.Scope);
    }
}
