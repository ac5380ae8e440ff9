using System.Collections.Frozen;
using Microsoft.IdentityModel.Tokens;

namespace FoodDelivery.Platform.Hosting.Security.Authorities;

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
