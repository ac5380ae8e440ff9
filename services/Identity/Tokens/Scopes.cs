namespace FoodDelivery.Services.Identity.Tokens;

/// <summary>What tokens may be asked for; roles come from who asks and not from here.</summary>
internal static class Scopes
{
    public const string OpenId = "openid";

    public static readonly string[] Supported = [OpenId, "profile", "fooddelivery"];

    public static string[] Split(string? scope) => scope?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];

    public static bool AreKnown(string? scope) => Split(scope).All(static one => Supported.Contains(one, StringComparer.Ordinal));
}
