using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Dapper;
using FoodDelivery.Payments;
using FoodDelivery.Payments.Ports;
using FoodDelivery.Platform.Hosting.Startup;
using FoodDelivery.Platform.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Adapters.Payments.Provider.Toss;

/// <summary>The cards that customers have registered, as the provider calls them: worth nothing without the merchant's key.</summary>
internal sealed partial class TossCards(TossApi api, IDatabase database, CardCipher cipher, IErasures erasures, TimeProvider clock, ILogger<TossCards> log) : ICards
{
    private const int MaxCustomer = 100;
    private const int MaxAuthKey = 300;

    public async Task<Result<Unit>> Register(RegisterCard command, CancellationToken cancellation)
    {
        var (customer, customerKey, authKey) = command;
        if (customer.Length > MaxCustomer)
            return Error.Invalid("customerId", $"A customer's id has {MaxCustomer} characters at the most.");

        if (customerKey is null || !CustomerKeys().IsMatch(customerKey))
            return Error.Invalid("customerKey", "customerKey is what the browser gave the card page: 2 to 300 letters, digits and - _ = . @");

        if (authKey is not { Length: > 0 and <= MaxAuthKey } || authKey.Any(static sign => !char.IsAscii(sign) || char.IsControl(sign)))
            return Error.Invalid("authKey", "authKey is what the card page handed back.");

        var answer = await api.Register(authKey, customerKey, cancellation);
        if (!answer.Has(out var card))
        {
            return answer.Meaning is TossMeaning.Declined
                ? new Error(ErrorKind.Declined, "CARD_DECLINED", answer.Message)
                : Error.Unavailable("CARD_NOT_REGISTERED", "The payment provider did not register the card; show it again.", TimeSpan.FromSeconds(1));
        }

        await Keep(customer, card, cancellation);
        return Unit.Value;
    }

    /// <summary>The customer's card. There is none: declined. It was encrypted with a key that is not there: unclear, since nothing is wrong with the card.</summary>
    public async Task<TossAnswer<TossCard>> Of(string customer, CancellationToken cancellation)
    {
        var query = new CommandDefinition(
            "select billing_key as BillingKey, customer_key as CustomerKey from customer_cards where customer_id = @Customer",
            new { Customer = customer },
            cancellationToken: cancellation);
        if (await database.Read(connection => connection.QuerySingleOrDefaultAsync<TossCard>(query), cancellation) is not { } stored)
            return TossAnswer<TossCard>.Without(TossMeaning.Declined, "The customer has registered no card.");
        if (cipher.Decrypt(stored.BillingKey, customer) is { } billingKey)
            return TossAnswer<TossCard>.Of(stored with { BillingKey = billingKey });

        NotDecrypted(customer);
        return TossAnswer<TossCard>.Without(TossMeaning.Unclear, "The card cannot be opened.");
    }

    /// <summary>Keeps a customer's card instead of any before.</summary>
    public Task Keep(string customer, TossCard card, CancellationToken cancellation) => database.Write(
        new Batch().Add(
            """
            insert into customer_cards (customer_id, customer_key, billing_key, registered_at)
            values (@Customer, @CustomerKey, @BillingKey, @Now)
            on conflict (customer_id) do update
            set customer_key = excluded.customer_key, billing_key = excluded.billing_key, registered_at = excluded.registered_at
            """,
            new { Customer = customer, card.CustomerKey, BillingKey = cipher.Encrypt(card.BillingKey, customer), Now = clock.GetUtcNow().ToUnixTimeMilliseconds() }),
        cancellation);

    public Task Remove(string customer, CancellationToken cancellation) => erasures.RemoveCard(customer, cancellation);

    [LoggerMessage(LogLevel.Error, "The card of {Customer} cannot be opened; the setting Pay:CardKeys lacks the key that it was sealed with.")]
    private partial void NotDecrypted(string customer);

    [GeneratedRegex(@"\A[A-Za-z0-9\-_=.@]{2,300}\z", RegexOptions.NonBacktracking)]
    private static partial Regex CustomerKeys();
}

/// <summary>
/// Encrypts what charges a card (AES-256-GCM, bound to its customer) with keys that the database does not have: those of the setting
/// <c>Pay:CardKeys</c>, of which the first encrypts and all decrypt. Without any, texts stay as they are; those that were written in clear before stay readable.
/// </summary>
internal sealed class CardCipher
{
    private const string KeysSetting = "Pay:CardKeys";
    private const string Mark = "sealed:";
    private const int KeyLength = 32;
    private const int NonceLength = 12;
    private const int TagLength = 16;

    private readonly IReadOnlyList<byte[]> _keys;

    private CardCipher(IReadOnlyList<byte[]> keys) => _keys = keys;

    /// <param name="configuration">Where the keys are.</param>
    /// <param name="clearTexts">Whether texts may stay as they are for want of a key.</param>
    /// <exception cref="SettingException">There is no key where one is needed, or one of them is none; it is never shown.</exception>
    public static CardCipher Read(IConfiguration configuration, bool clearTexts)
    {
        var keys = (configuration[KeysSetting] ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return keys.Length > 0 || clearTexts
            ? new CardCipher([.. keys.Select(Key)])
            : throw new SettingException($"The setting {KeysSetting} is missing; outside Development cards are encrypted with it: 32 random bytes in base64.");
    }

    public string Encrypt(string text, string customer)
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

    /// <summary>The text; null if none of the keys decrypts it for that customer.</summary>
    public string? Decrypt(string stored, string customer)
    {
        if (!stored.StartsWith(Mark, StringComparison.Ordinal))
            return stored;

        var whole = new byte[stored.Length];
        return Convert.TryFromBase64String(stored[Mark.Length..], whole, out var length) && length >= NonceLength + TagLength
            ? _keys.Select(key => Decrypt(key, whole.AsSpan(0, length), customer)).FirstOrDefault(static text => text is not null)
            : null;
    }

    private static string? Decrypt(byte[] key, ReadOnlySpan<byte> whole, string customer)
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
