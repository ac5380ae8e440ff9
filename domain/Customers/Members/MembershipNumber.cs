using System.Diagnostics.CodeAnalysis;

namespace FoodDelivery.Customers.Members;

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
