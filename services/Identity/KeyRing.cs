using FoodDelivery.Platform.Hosting.Rest;
using FoodDelivery.Platform.Hosting.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Services.Identity;

/// <summary>
/// The keys, old to new. The next one is published for a while before it signs, and the last one until its last token has expired, so that
/// whoever checks tokens never meets one whose key it cannot know.
/// </summary>
internal sealed partial class KeyRing : IDisposable
{
    private readonly Lock _gate = new();
    private readonly KeyFile _file;
    private readonly KeySchedule _schedule;
    private readonly TimeProvider _time;
    private readonly ILogger<KeyRing> _log;
    private List<SigningKey> _keys;

    public KeyRing(KeyFile file, KeySchedule schedule, TimeProvider time, ILogger<KeyRing> log)
    {
        (_file, _schedule, _time, _log) = (file, schedule, time, log);
        _keys = file.Read();
        Turn();
    }

    /// <summary>Signs with the key whose time it is.</summary>
    public T Sign<T>(Func<SigningKey, T> sign)
    {
        lock (_gate)
        {
            Turn();
            return sign(_keys.Last(key => key.From <= _time.GetUtcNow()));
        }
    }

    /// <summary>What of the keys is public.</summary>
    public IReadOnlyList<PublicKey> Published()
    {
        lock (_gate)
        {
            Turn();
            return [.. _keys.Select(static key => new PublicKey("EC", "sig", "ES256", "P-256", key.Id, key.X, key.Y))];
        }
    }

    public void Dispose()
    {
        foreach (var key in _keys)
            key.Dispose();
    }

    // What is not on disk neither signs nor is published: after a restart nobody would know it.
    private void Turn()
    {
        var now = _time.GetUtcNow();
        var keys = WithNext(now);
        var turned = keys.SkipWhile((_, place) => place + 1 < keys.Count && keys[place + 1].From + _schedule.Kept < now).ToList();
        if (turned.SequenceEqual(_keys))
            return;

        try
        {
            _file.Write(turned);
        }
        catch (Exception full) when (full is IOException or UnauthorizedAccessException && _keys.Any(key => key.From <= now))
        {
            turned.Except(_keys).ToList().ForEach(static key => key.Dispose());
            NotKept(full.Message);
            return;
        }

        var forgotten = _keys.Except(turned).ToList();
        _keys = turned;
        forgotten.ForEach(static key => key.Dispose());
    }

    private List<SigningKey> WithNext(DateTimeOffset now)
    {
        // The clock of another day may have made keys that are not yet due; then one is needed now all the same.
        if (_keys.Count == 0 || _keys[0].From > now)
            return [SigningKey.New(now), .. _keys];

        var next = _keys[^1].From + _schedule.Period;
        return now < next - _schedule.Ahead ? _keys : [.. _keys, SigningKey.New(next > now + _schedule.Ahead ? next : now + _schedule.Ahead)];
    }

    [LoggerMessage(LogLevel.Error, "The next key cannot be kept, and the present one goes on signing. {Why}")]
    private partial void NotKept(string why);
}

/// <summary>A key as a JSON Web Key (RFC 7517).</summary>
internal sealed record PublicKey(string Kty, string Use, string Alg, string Crv, string Kid, string X, string Y);

/// <summary>When keys come and go.</summary>
/// <param name="Period">How long one signs.</param>
/// <param name="Ahead">How long before it signs it is published, so that everybody knows it by then.</param>
/// <param name="Kept">How long it stays published after it has signed for the last time: until the last token has expired.</param>
internal sealed record KeySchedule(TimeSpan Period, TimeSpan Ahead, TimeSpan Kept);

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
