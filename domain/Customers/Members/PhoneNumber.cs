using System.Diagnostics.CodeAnalysis;

namespace FoodDelivery.Customers.Members;

/// <summary>A South Korean mobile number, which both KakaoTalk and SMS reach.</summary>
public readonly record struct PhoneNumber
{
    /// <summary>What is said of anything else.</summary>
    internal static readonly Error Flaw =
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
