namespace FoodDelivery.Customers.Members;

/// <summary>What a member says about themselves.</summary>
/// <param name="Name">What they want to be called, in any script.</param>
/// <param name="Phone">Where to reach them.</param>
/// <param name="Channel">How.</param>
/// <param name="Language">In which language.</param>
public sealed record MemberProfile(string Name, PhoneNumber Phone, ContactChannel Channel, Language Language)
{
    /// <summary>How long a name may be, in UTF-16 code units.</summary>
    public const int LongestName = 100;

    /// <summary>What is left of it after the withdrawal.</summary>
    internal static readonly MemberProfile Nobody = new("", default, ContactChannel.None, Language.Korean);

    /// <summary>Reads what somebody wrote; a refusal names the field.</summary>
    public static Result<MemberProfile> Of(string? name, string? phone, ContactChannel channel, Language language)
    {
        var trimmed = name?.Trim() ?? "";
        if (trimmed.Length is 0 or > LongestName)
            return Error.Invalid("name", $"name must have 1 to {LongestName} characters.");
        if (trimmed.Any(char.IsControl))
            return Error.Invalid("name", "name must not have control characters.");
        return PhoneNumber.TryParse(phone, out var number)
            ? new MemberProfile(trimmed, number, channel, language)
            : PhoneNumber.Flaw;
    }
}
