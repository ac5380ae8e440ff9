using System.Security.Claims;

namespace FoodDelivery.Platform.Hosting.Security;

/// <summary>Makes a caller of what was found out about it.</summary>
internal static class Callers
{
    public const string Subject = "sub";
    public const string Role = "role";
    public const string Store = "store_id";

    /// <summary>Who may do everything, since in Development nobody needs a token.</summary>
    public static readonly ClaimsPrincipal DevelopmentOperator = new(new ClaimsIdentity(
        [new Claim(Role, Roles.Operator)], "Development", Subject, Role));

    public static ClaimsPrincipal Known(string subject, IEnumerable<string> roles, string? store)
    {
        var identity = new ClaimsIdentity("Bearer", Subject, Role);
        identity.AddClaim(new Claim(Subject, subject));
        identity.AddClaims(roles.Intersect(Roles.All, StringComparer.Ordinal).Select(static role => new Claim(Role, role)));
        if (store is not null)
            identity.AddClaim(new Claim(Store, store));

        return new ClaimsPrincipal(identity);
    }
}
