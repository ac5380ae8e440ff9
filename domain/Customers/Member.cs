namespace FoodDelivery.Customers;

/// <summary>Somebody who collects points and has said how to be told of their orders.</summary>
public sealed class Member : Aggregate
{
    private Member(MembershipNumber number, string customerId, MemberProfile profile, DateTimeOffset signedUpAt) =>
        (Number, CustomerId, Profile, SignedUpAt) = (number, customerId, profile, signedUpAt);

    /// <summary>Their number, issued once and never again.</summary>
    public MembershipNumber Number { get; }

    /// <summary>The customer that they are; empty if nobody said.</summary>
    public string CustomerId { get; }

    /// <summary>What they say about themselves; of one who has withdrawn nothing is kept.</summary>
    public MemberProfile Profile { get; private set; }

    /// <summary>Since when it is known that the phone is theirs; null as long as it is not, and no message goes there.</summary>
    public DateTimeOffset? PhoneConfirmedAt { get; private set; }

    /// <summary>When they signed up.</summary>
    public DateTimeOffset SignedUpAt { get; }

    /// <summary>When they withdrew; null as long as they have not.</summary>
    public DateTimeOffset? WithdrawnAt { get; private set; }

    /// <summary>Somebody signs up.</summary>
    public static Member SignUp(MembershipNumber number, string customerId, MemberProfile profile, DateTimeOffset at) =>
        new(number, customerId, profile, at) { Version = 1 };

    /// <summary>A member comes back from their store.</summary>
    public static Member Load(
        MembershipNumber number,
        string customerId,
        MemberProfile profile,
        DateTimeOffset signedUpAt,
        DateTimeOffset? withdrawnAt,
        long version,
        DateTimeOffset? phoneConfirmedAt = null) => new(number, customerId, profile, signedUpAt)
        {
            WithdrawnAt = withdrawnAt, Version = version, LoadedVersion = version, PhoneConfirmedAt = phoneConfirmedAt,
        };

    /// <summary>
    /// Whether an order of <paramref name="customer"/> may name the number of the member who is <paramref name="member"/>: its own, and nobody else's. Where either
    /// is empty nobody can tell, and an operator has signed up or ordered, as nobody else may without a name.
    /// </summary>
    public static bool MayBeNamed(string member, string customer) =>
        member.Length == 0 || customer.Length == 0 || string.Equals(member, customer, StringComparison.Ordinal);

    /// <summary>Whether they were a member then: until they withdrew, and whenever that becomes known.</summary>
    public bool IsMemberAt(DateTimeOffset time) => WithdrawnAt is null || time < WithdrawnAt;

    /// <summary>They say something else about themselves; another phone has to be confirmed anew.</summary>
    /// <returns>An error if they have withdrawn.</returns>
    public Result<Unit> Change(MemberProfile profile)
    {
        if (WithdrawnAt is not null)
            return Error.Conflict("MEMBER_WITHDRAWN", $"Member {Number} has withdrawn.");
        if (profile != Profile)
        {
            PhoneConfirmedAt = profile.Phone == Profile.Phone ? PhoneConfirmedAt : null;
            Profile = profile;
            Version++;
        }

        return Unit.Value;
    }

    /// <summary>They are no member any more, and what they said about themselves is forgotten. Twice is as once.</summary>
    public void Withdraw(DateTimeOffset at)
    {
        if (WithdrawnAt is not null)
            return;
        (Profile, PhoneConfirmedAt, WithdrawnAt) = (MemberProfile.Nobody, null, at);
        Version++;
    }
}

/// <summary>What a member says about themselves.</summary>
/// <param name="Name">What they want to be called, in any script.</param>
/// <param name="Phone">Where to reach them.</param>
/// <param name="Channel">How.</param>
/// <param name="Language">In which language.</param>
public sealed record MemberProfile(string Name, PhoneNumber Phone, ContactChannel Channel, Language Language)
{
    /// <summary>How long a name may be, in UTF-16 code units.</summary>
    public const int MaxNameLength = 100;

    /// <summary>What is left of it after the withdrawal.</summary>
    internal static readonly MemberProfile Nobody = new("", default, ContactChannel.None, Language.Korean);

    /// <summary>Reads what somebody wrote; a refusal names the field.</summary>
    public static Result<MemberProfile> Of(string? name, string? phone, ContactChannel channel, Language language)
    {
        var trimmed = name?.Trim() ?? "";
        if (trimmed.Length > MaxNameLength || !UnicodeText.IsVisible(trimmed))
            return Error.Invalid("name", $"A name has 1 to {MaxNameLength} characters, some of them visible.");
        if (UnicodeText.Validate(trimmed) is { } flaw)
            return Error.Invalid("name", $"The name {flaw}.");
        return PhoneNumber.TryParse(phone, out var number)
            ? new MemberProfile(trimmed, number, channel, language)
            : PhoneNumber.Invalid;
    }
}
