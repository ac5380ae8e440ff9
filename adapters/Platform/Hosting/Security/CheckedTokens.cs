using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;

namespace FoodDelivery.Platform.Hosting.Security;

/// <summary>
/// Tokens that were checked a while ago, by their SHA-256, so that a caller's next request does not cost another signature's check. Valid
/// until they expire or the provider's keys change. Bounded: the half that was filled first goes as a whole.
/// </summary>
internal sealed class CheckedTokens(SigningKeys keys, TimeProvider clock)
{
    private const int HalfOfAll = 5_000;
    private const int HashLength = 32;

    private ConcurrentDictionary<Hash, Entry> _new = new();
    private ConcurrentDictionary<Hash, Entry> _old = new();

    public bool TryFind(string token, [NotNullWhen(true)] out ClaimsPrincipal? caller)
    {
        caller = null;
        var hash = Of(token);
        var found = _new.TryGetValue(hash, out var entry) || _old.TryGetValue(hash, out entry);
        if (!found || entry!.Expires <= clock.GetUtcNow() || !ReferenceEquals(entry.Keys, keys.Current()))
            return false;

        caller = entry.Caller;
        return true;
    }

    public void Add(string token, ClaimsPrincipal caller, DateTimeOffset expires, PublishedKeys checkedWith)
    {
        var current = _new;
        if (current.Count >= HalfOfAll && Interlocked.CompareExchange(ref _new, new ConcurrentDictionary<Hash, Entry>(), current) == current)
            _old = current;

        _new[Of(token)] = new Entry(caller, expires, checkedWith);
    }

    private static Hash Of(string token)
    {
        Span<byte> hash = stackalloc byte[HashLength];
        SHA256.HashData(Encoding.UTF8.GetBytes(token), hash);
        return new Hash(BitConverter.ToUInt128(hash[..(HashLength / 2)]), BitConverter.ToUInt128(hash[(HashLength / 2)..]));
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Hash(UInt128 First, UInt128 Second);

    private sealed record Entry(ClaimsPrincipal Caller, DateTimeOffset Expires, PublishedKeys Keys);
}
