using System.Globalization;
using System.Text.Json;

namespace FoodDelivery.Platform.Hosting.Security;

/// <summary>Reads claims wherever providers put them, and tells what they mean by the settings of their provider.</summary>
internal static class ClaimReader
{
    private const double LatestSecond = 1e11;

    // Who a token was given to, as OpenID Connect, RFC 9068 and Okta call it.
    private static readonly string[] ClientClaims = ["azp", "client_id", "cid"];

    /// <summary>The client that the token was given to; null if it does not say.</summary>
    public static string? Client(JsonElement claims) => ClientClaims.Select(name => Text(claims, name)).FirstOrDefault(static client => client is { Length: > 0 });

    /// <summary>A claim that is a text; null where it is missing or something else.</summary>
    public static string? Text(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.String ? found.GetString() : null;

    /// <summary>A point in time, in seconds since 1970; null where it is missing or none.</summary>
    public static long? Seconds(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.Number && found.TryGetDouble(out var seconds) && seconds is >= 0 and < LatestSecond ? (long)seconds : null;

    /// <summary>The values of a claim: a text or number, those of a list, or the keys of an object. Its name may be a way to it, with dots; a claim that is called so as a whole comes first.</summary>
    public static IReadOnlyList<string> Values(JsonElement claims, string path) => Find(claims, path) switch
    {
        { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Select(Scalar).OfType<string>()],
        { ValueKind: JsonValueKind.Object } keyed => [.. keyed.EnumerateObject().Select(static one => one.Name)],
        { } one when Scalar(one) is { } value => [value],
        _ => [],
    };

    /// <summary>The roles that the caller has here.</summary>
    public static IReadOnlyList<string> Roles(JsonElement claims, AuthorityOptions settings)
    {
        var named = Values(claims, settings.RoleClaim);
        List<string> roles = [.. Security.Roles.All.Where(role => settings.NamesOf(role).Intersect(named, StringComparer.Ordinal).Any())];
        if (roles.Count > 0)
            return roles;

        if (Client(claims) is { } client && settings.ServiceClientNames.Contains(client, StringComparer.Ordinal))
            return [Security.Roles.Service];

        return string.IsNullOrEmpty(settings.DefaultRole) ? [] : [settings.DefaultRole];
    }

    /// <summary>The numbers of the caller's stores; what is no number counts for nothing.</summary>
    public static IEnumerable<long> Stores(JsonElement claims, AuthorityOptions settings) => Values(claims, settings.StoreClaim)
        .SelectMany(AuthorityOptions.Split)
        .Select(static text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var store) ? store : 0)
        .Where(static store => store > 0)
        .Distinct();

    private static JsonElement? Find(JsonElement within, string path)
    {
        if (within.ValueKind != JsonValueKind.Object)
            return null;

        if (within.TryGetProperty(path, out var whole))
            return whole;

        for (var dot = path.LastIndexOf('.'); dot > 0; dot = path.LastIndexOf('.', dot - 1))
        {
            if (within.TryGetProperty(path[..dot], out var next) && Find(next, path[(dot + 1)..]) is { } found)
                return found;
        }

        return null;
    }

    private static string? Scalar(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };
}
