using System.Diagnostics.CodeAnalysis;

namespace FoodDelivery.Customers;

/// <summary>What a member names at an order to collect points: twelve digits, the last of which checks the others (ISO/IEC 7812-1, annex B).</summary>
public readonly record struct MembershipNumber
{
    private const int Length = 12;

    private MembershipNumber(string digits) => Digits = digits;

    /// <summary>The digits, without a gap.</summary>
    public string Digits => field ?? "";

    /// <summary>The number that begins with eleven digits of <paramref name="body"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It has more or fewer digits.</exception>
    public static MembershipNumber Of(long body)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(body, 10_000_000_000);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(body, 99_999_999_999);
        var digits = body.ToString();
        return new MembershipNumber(digits + CheckDigit(digits));
    }

    /// <summary>Reads what somebody wrote, in groups or not. False for what no member can have.</summary>
    public static bool TryParse([NotNullWhen(true)] string? written, out MembershipNumber number)
    {
        var digits = written?.Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal) ?? "";
        var isOne = digits.Length == Length && digits.All(char.IsAsciiDigit) && digits[^1] == CheckDigit(digits[..^1]);
        number = isOne ? new MembershipNumber(digits) : default;
        return isOne;
    }

    /// <inheritdoc/>
    public override string ToString() => Digits;

    private static char CheckDigit(string digits)
    {
        var sum = 0;
        for (var place = 0; place < digits.Length; place++)
        {
            var digit = digits[^(place + 1)] - '0';
            sum += place % 2 == 1 ? digit : digit > 4 ? (2 * digit) - 9 : 2 * digit;
        }

        return (char)('0' + ((10 - (sum % 10)) % 10));
    }
}

/// <summary>A South Korean mobile number, which both KakaoTalk and SMS reach.</summary>
public readonly record struct PhoneNumber
{
    /// <summary>What is said of anything else.</summary>
    internal static readonly Error Invalid =
        Error.Invalid("phone", "phone must be a South Korean mobile number, such as 010-1234-5678 or +82 10-1234-5678.");

    private const string Korea = "+82";

    private PhoneNumber(string digits) => Digits = digits;

    /// <summary>As it is dialled inside the country, without a gap: <c>01012345678</c>.</summary>
    public string Digits => field ?? "";

    /// <summary>Reads what somebody wrote: in groups or not, and with the country's code or without.</summary>
    public static bool TryParse([NotNullWhen(true)] string? written, out PhoneNumber phone)
    {
        var digits = string.Concat((written ?? "").Where(static sign => sign is not (' ' or '-' or '(' or ')' or '.')));
        if (digits.StartsWith(Korea, StringComparison.Ordinal))
            digits = "0" + digits[Korea.Length..].TrimStart('0');
        var isOne = digits.All(char.IsAsciiDigit) && digits switch
        {
            ['0', '1', '0', ..] => digits.Length == 11,
            ['0', '1', '1' or '6' or '7' or '8' or '9', ..] => digits.Length is 10 or 11,
            _ => false,
        };
        phone = isOne ? new PhoneNumber(digits) : default;
        return isOne;
    }

    /// <summary>In groups, as people write it: <c>010-1234-5678</c>; empty where there is none.</summary>
    public override string ToString() => Digits.Length == 0 ? "" : $"{Digits[..3]}-{Digits[3..^4]}-{Digits[^4..]}";
}
