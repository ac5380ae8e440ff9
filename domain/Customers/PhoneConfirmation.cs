using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FoodDelivery.Customers;

/// <summary>What shows that a telephone is whose number it is said to be: a code that was sent there and comes back. One for each who has a telephone.</summary>
public sealed class PhoneConfirmation : Aggregate
{
    private PhoneConfirmation(PhoneHolder holder) => Holder = holder;

    /// <summary>Who says that the telephone is theirs.</summary>
    public PhoneHolder Holder { get; }

    /// <summary>The telephone.</summary>
    public PhoneNumber Phone { get; private set; }

    /// <summary>The code that was sent last; null once it has come back, or the number was confirmed without one.</summary>
    public SentCode? Code { get; private set; }

    /// <summary>Since when it is known to be theirs; null as long as it is not.</summary>
    public DateTimeOffset? ConfirmedAt { get; private set; }

    /// <summary>Nothing has been sent yet.</summary>
    public static PhoneConfirmation Of(PhoneHolder holder) => new(holder);

    /// <summary>A confirmation comes back from its store.</summary>
    public static PhoneConfirmation Load(PhoneHolder holder, PhoneNumber phone, SentCode? code, DateTimeOffset? confirmedAt, long version) =>
        new(holder) { Phone = phone, Code = code, ConfirmedAt = confirmedAt, Version = version, LoadedVersion = version };

    /// <summary>Whether this number is known to be theirs.</summary>
    public bool Confirms(PhoneNumber phone) => ConfirmedAt is not null && Phone == phone;

    /// <summary>A code is sent to the telephone; none that was sent before is good any more.</summary>
    public void Expect(PhoneNumber phone, string code, PhoneCodeTerms terms, DateTimeOffset now)
    {
        var expiresAt = now + terms.ValidFor;
        (Phone, Code, ConfirmedAt) = (phone, new SentCode(Hash(code, phone, expiresAt), expiresAt, terms.Tries), null);
        Version++;
    }

    /// <summary>Somebody says which code was sent. A wrong one costs a try, and the last of them the code.</summary>
    public Result<Unit> Try(PhoneNumber phone, string code, DateTimeOffset now)
    {
        if (Confirms(phone))
            return Unit.Value;
        if (Code is not { TriesLeft: > 0 } sent || Phone != phone || now >= sent.ExpiresAt)
            return Error.Conflict("NO_CODE", "There is no code that is still good; ask for a new one.");

        Version++;
        if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Hash(code, phone, sent.ExpiresAt)), Encoding.ASCII.GetBytes(sent.Hash)))
        {
            Code = sent with { TriesLeft = sent.TriesLeft - 1 };
            return Error.Invalid("code", $"This is not the code that was sent; {Code.TriesLeft} tries are left.", "WRONG_CODE");
        }

        (Code, ConfirmedAt) = (null, now);
        return Unit.Value;
    }

    // Slow enough that all codes there are cannot be tried before this one expires.
    private static string Hash(string code, PhoneNumber phone, DateTimeOffset expiresAt)
    {
        const int rounds = 50_000;
        var salt = Encoding.UTF8.GetBytes(phone.Digits + expiresAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
        return Convert.ToHexStringLower(Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(code), salt, rounds, HashAlgorithmName.SHA256, 32));
    }
}

/// <summary>A code as it is kept: nobody can read it any more.</summary>
/// <param name="Hash">What it is recognised by.</param>
/// <param name="ExpiresAt">When it is good for nothing any more.</param>
/// <param name="TriesLeft">How many wrong ones may still come.</param>
public sealed record SentCode(string Hash, DateTimeOffset ExpiresAt, int TriesLeft);

/// <summary>Who has a telephone.</summary>
/// <param name="Role">A member as a customer, or a store's owner.</param>
/// <param name="Addressee">The member's number, or the store's.</param>
public sealed record PhoneHolder(RecipientRole Role, string Addressee);

/// <summary>What is demanded of codes.</summary>
/// <param name="ValidFor">For how long one is good.</param>
/// <param name="Tries">How many wrong ones are taken before a new one must be asked for.</param>
public sealed record PhoneCodeTerms(TimeSpan ValidFor, int Tries);
