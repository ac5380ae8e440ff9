using System.Collections.Frozen;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace FoodDelivery.Platform.Hosting.Security;

/// <summary>
/// The provider's keys as they are known here: fetched on first use, again when they have aged, and at once when a token names one that is
/// not known, though seldom, so that forged tokens cannot make us besiege the provider. While it is away, the keys last seen serve for a day.
/// </summary>
internal sealed partial class SigningKeys(IOptions<AuthOptions> options, Authority authority, TimeProvider clock, ILogger<SigningKeys> log)
{
    private static readonly TimeSpan PauseWithKeys = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PauseWithout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    private readonly Lock _gate = new();
    private volatile Snapshot? _last;
    private Task _fetching = Task.CompletedTask;
    private long? _asked;

    /// <summary>The keys as far as they are known, none if too old; what has aged is fetched behind the caller's back.</summary>
    public PublishedKeys? Current()
    {
        if (_last is not { } last)
            return null;

        var age = clock.GetElapsedTime(last.At);
        if (age > options.Value.KeyRefresh)
            _ = Fetch();

        return age < Longest ? last.Keys : null;
    }

    /// <summary>The keys, with the one of that name if the provider has it; null if it has never answered.</summary>
    public async ValueTask<PublishedKeys?> For(string? keyId, CancellationToken cancellation)
    {
        if (Current() is { } current && current.Knows(keyId))
            return current;

        // A caller who has gone is no failure to write down: nobody reads what becomes of the token.
        await Fetch().WaitAsync(cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return Current();
    }

    /// <summary>Fetches them before anybody needs them. Whether that succeeds is not said: providers may start with us, and the first token will tell.</summary>
    public async Task Prepare(CancellationToken cancellation)
    {
        await Fetch(static _ => { }).WaitAsync(cancellation);
        if (_last is not null)
            return;

        await Task.Delay(PauseWithout + PauseWithout, clock, cancellation);
        await Fetch(static _ => { }).WaitAsync(cancellation);
    }

    /// <summary>Fetches them now, unless that is being done or was done a moment ago.</summary>
    public Task Fetch() => Fetch(Failed);

    private Task Fetch(Action<string> failed)
    {
        lock (_gate)
        {
            var pause = _last is null ? PauseWithout : PauseWithKeys;
            if (_fetching.IsCompleted && (_asked is not { } asked || clock.GetElapsedTime(asked) > pause))
            {
                _asked = clock.GetTimestamp();
                _fetching = Task.Run(() => FetchNow(failed));
            }

            return _fetching;
        }
    }

    private async Task FetchNow(Action<string> failed)
    {
        try
        {
            var discovered = await authority.Discover(CancellationToken.None);
            using var document = await authority.Read(discovered.Keys, CancellationToken.None);
            var keys = PublishedKeys.Parse(document.RootElement.GetRawText());
            _last = new Snapshot(_last is { } last && last.Keys.SameAs(keys) ? last.Keys : keys, clock.GetTimestamp());
        }
        catch (Exception failure)
        {
            failed(failure.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The keys that tokens are signed with cannot be fetched. {Why}")]
    private partial void Failed(string why);

    private sealed record Snapshot(PublishedKeys Keys, long At);
}

/// <summary>The provider's signing keys at one time.</summary>
internal sealed class PublishedKeys
{
    private readonly FrozenDictionary<string, SecurityKey> _byId;

    private PublishedKeys(List<SecurityKey> keys)
    {
        All = keys;
        _byId = keys.Where(static key => !string.IsNullOrEmpty(key.KeyId)).DistinctBy(static key => key.KeyId, StringComparer.Ordinal)
            .ToFrozenDictionary(static key => key.KeyId, StringComparer.Ordinal);
    }

    public IReadOnlyList<SecurityKey> All { get; }

    /// <summary>Reads a JSON Web Key Set (RFC 7517). Only public keys are taken: a shared secret in it must not become one.</summary>
    public static PublishedKeys Parse(string document) => new([.. new JsonWebKeySet(document).GetSigningKeys().Where(IsPublic)]);

    /// <summary>Whether a token that names this key can be checked; one that names none is tried with all.</summary>
    public bool Knows(string? keyId) => keyId is null ? All.Count > 0 : _byId.ContainsKey(keyId);

    public IEnumerable<SecurityKey> For(string? keyId) =>
        string.IsNullOrEmpty(keyId) ? All : _byId.TryGetValue(keyId, out var key) ? [key] : [];

    public bool SameAs(PublishedKeys other) =>
        All.Count == other.All.Count && All.Select(Thumb).ToHashSet(StringComparer.Ordinal).SetEquals(other.All.Select(Thumb));

    private static string Thumb(SecurityKey key) => key.KeyId + ' ' + Convert.ToBase64String(key.ComputeJwkThumbprint());

    private static bool IsPublic(SecurityKey key) => key is RsaSecurityKey or ECDsaSecurityKey;
}
