using System.Security.Cryptography;
using System.Text;
using FoodDelivery.Platform.Hosting.Startup;
using Microsoft.Extensions.Configuration;

namespace FoodDelivery.Adapters.Payments.Provider.Toss;

/// <summary>
/// Seals what charges a card (AES-256-GCM, bound to its customer) with keys that the database does not have: those of the setting
/// <c>Pay:CardKeys</c>, of which the first seals and all open. Without any, texts stay as they are; those that were open before stay readable.
/// </summary>
internal sealed class CardSeal
{
    private const string KeysSetting = "Pay:CardKeys";
    private const string Mark = "sealed:";
    private const int KeyLength = 32;
    private const int NonceLength = 12;
    private const int TagLength = 16;

    private readonly IReadOnlyList<byte[]> _keys;

    private CardSeal(IReadOnlyList<byte[]> keys) => _keys = keys;

    /// <exception cref="SettingException">One of the keys is none; it is never shown.</exception>
    public static CardSeal Read(IConfiguration configuration) =>
        new([.. (configuration[KeysSetting] ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Key)]);

    public string Seal(string text, string customer)
    {
        if (_keys.Count == 0)
            return text;

        var plain = Encoding.UTF8.GetBytes(text);
        var whole = new byte[NonceLength + plain.Length + TagLength];
        var nonce = whole.AsSpan(0, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(_keys[0], TagLength);
        cipher.Encrypt(nonce, plain, whole.AsSpan(NonceLength, plain.Length), whole.AsSpan(NonceLength + plain.Length), Encoding.UTF8.GetBytes(customer));
        return Mark + Convert.ToBase64String(whole);
    }

    /// <summary>The text; null if none of the keys opens it for that customer.</summary>
    public string? Open(string stored, string customer)
    {
        if (!stored.StartsWith(Mark, StringComparison.Ordinal))
            return stored;

        var whole = new byte[stored.Length];
        return Convert.TryFromBase64String(stored[Mark.Length..], whole, out var length) && length >= NonceLength + TagLength
            ? _keys.Select(key => Open(key, whole.AsSpan(0, length), customer)).FirstOrDefault(static text => text is not null)
            : null;
    }

    private static string? Open(byte[] key, ReadOnlySpan<byte> whole, string customer)
    {
        var plain = new byte[whole.Length - NonceLength - TagLength];
        try
        {
            using var cipher = new AesGcm(key, TagLength);
            cipher.Decrypt(whole[..NonceLength], whole[NonceLength..^TagLength], whole[^TagLength..], plain, Encoding.UTF8.GetBytes(customer));
            return Encoding.UTF8.GetString(plain);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    private static byte[] Key(string text)
    {
        var key = new byte[KeyLength + 1];
        return Convert.TryFromBase64String(text, key, out var length) && length == KeyLength
            ? key[..KeyLength]
            : throw new SettingException($"The setting {KeysSetting} has something in it that is no key; each must be {KeyLength} random bytes in base64, as openssl rand -base64 {KeyLength} prints them.");
    }
}
