using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace FoodDelivery.Platform.Hosting.Security;

/// <summary>
/// A provider's keys as they are known here: fetched on first use, again when they have aged, and at once when a token names one that is
/// not known, though seldom, so that forged tokens cannot make us besiege the provider. While it is away, or gives none, the keys last seen serve for a day.
/// </summary>
internal sealed partial class SigningKeys(Authority authority, TimeSpan refresh, TimeProvider clock, ILogger<SigningKeys> log)
{
    private static readonly TimeSpan Reminder = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan PauseWithKeys = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PauseWithout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    private readonly Lock _gate = new();
    private volatile Snapshot? _last;
    private Task _fetching = Task.CompletedTask;
    private volatile bool _isAway;
    private long? _asked;
    private string? _told;
    private long _toldAt;

    /// <summary>Since when nothing has been heard of the provider, if it was asked in vain since; null while it answers.</summary>
    public DateTimeOffset? AwaySince => _isAway && _last is { } last && clock.GetElapsedTime(last.At) < Longest ? last.On : null;

    /// <summary>The keys as far as they are known, none if too old; what has aged is fetched behind the caller's back.</summary>
    public PublishedKeys? Current()
    {
        if (_last is not { } last)
            return null;

        var age = clock.GetElapsedTime(last.At);
        if (age > refresh)
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
    public Task Fetch() => Fetch(FailedAgain);

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
            if (keys.Weak is { Count: > 0 } weak)
                Weak(string.Join(", ", weak), discovered.Keys, PublishedKeys.ShortestRsa);

            // Whoever has lost its keys answers with none, or with an error that looks like an answer.
            if (keys.All.Count == 0)
                throw new AuthorityException($"{discovered.Keys} has no key that can be used.");

            _last = new Snapshot(_last is { } last && last.Keys.SameAs(keys) ? last.Keys : keys, clock.GetTimestamp(), clock.GetUtcNow());
            (_isAway, _told) = (false, null);
        }
        catch (Exception failure)
        {
            _isAway = true;
            failed(failure.Message);
        }
    }

    // One fetch at a time; what goes on failing is not written down with each.
    private void FailedAgain(string why)
    {
        if (why == _told && clock.GetElapsedTime(_toldAt) < Reminder)
            return;

        (_told, _toldAt) = (why, clock.GetTimestamp());
        Failed(why);
    }

    [LoggerMessage(LogLevel.Warning, "The keys that tokens are signed with cannot be fetched. {Why}")]
    private partial void Failed(string why);

    [LoggerMessage(LogLevel.Warning, "The keys {Keys} of {Address} are not used: RSA must have {Bits} bits at least.")]
    private partial void Weak(string keys, Uri address, int bits);

    private sealed record Snapshot(PublishedKeys Keys, long At, DateTimeOffset On);
}

/// <summary>The provider's signing keys at one time.</summary>
internal sealed class PublishedKeys
{
    /// <summary>How long an RSA key must be (RFC 7518, 3.3), in bits.</summary>
    public const int ShortestRsa = 2048;

    private readonly ILookup<string, SecurityKey> _byId;
    private readonly ILookup<string, string> _issuers;

    private PublishedKeys(IReadOnlyList<SecurityKey> keys, IReadOnlyList<string> weak, ILookup<string, string> issuers)
    {
        (All, Weak, _issuers) = (keys, weak, issuers);
        _byId = keys.Where(static key => !string.IsNullOrEmpty(key.KeyId)).ToLookup(static key => key.KeyId, StringComparer.Ordinal);
    }

    public IReadOnlyList<SecurityKey> All { get; }

    /// <summary>The names of keys that are too short to be believed.</summary>
    public IReadOnlyList<string> Weak { get; }

    /// <summary>Reads a JSON Web Key Set (RFC 7517). Only public keys are taken: a shared secret in it must not become one.</summary>
    public static PublishedKeys Parse(string document)
    {
        var set = new JsonWebKeySet(document);
        var keys = set.GetSigningKeys().Where(IsPublic).ToLookup(static key => key is RsaSecurityKey { KeySize: < ShortestRsa });
        var issuers = set.Keys.Where(static key => key.AdditionalData.TryGetValue("issuer", out var issuer) && issuer is string)
            .ToLookup(static key => key.KeyId ?? "", static key => (string)key.AdditionalData["issuer"], StringComparer.Ordinal);
        return new([.. keys[false]], [.. keys[true].Select(static key => $"'{key.KeyId}'")], issuers);
    }

    /// <summary>Whether a token that names this key can be checked; one that names none is tried with all.</summary>
    public bool Knows(string? keyId) => keyId is null ? All.Count > 0 : _byId.Contains(keyId);

    /// <summary>The keys that a token of that issuer and tenant may be signed with: all of that name, since providers may publish several; but not one that is said to be another issuer's.</summary>
    public IReadOnlyList<SecurityKey> For(string? keyId, string? issuer, string? tenant) =>
        [.. (string.IsNullOrEmpty(keyId) ? All : _byId[keyId]).Where(key => IsOf(key.KeyId ?? "", issuer, tenant))];

    public bool SameAs(PublishedKeys other) =>
        All.Count == other.All.Count && All.Select(Thumb).ToHashSet(StringComparer.Ordinal).SetEquals(other.All.Select(other.Thumb));

    private static bool IsPublic(SecurityKey key) => key is RsaSecurityKey or ECDsaSecurityKey;

    // The issuers belong to it: a key that is bound to one from now on is another one to those who trust it.
    private string Thumb(SecurityKey key) =>
        $"{key.KeyId} {Convert.ToBase64String(key.ComputeJwkThumbprint())} {string.Join(' ', _issuers[key.KeyId ?? ""].Order(StringComparer.Ordinal))}";

    private bool IsOf(string keyId, string? issuer, string? tenant) =>
        !_issuers.Contains(keyId) || _issuers[keyId].Any(pattern => AuthorityOptions.IsOfTenant(pattern, issuer, tenant));
}
