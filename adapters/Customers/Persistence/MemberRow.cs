using FoodDelivery.Customers;
using FoodDelivery.Customers.Ports;

namespace FoodDelivery.Adapters.Customers.Persistence;

/// <summary>A member as their table has them.</summary>
internal sealed class MemberRow
{
    public string Number { get; set; } = "";

    public string CustomerId { get; set; } = "";

    public string Name { get; set; } = "";

    public string Phone { get; set; } = "";

    public string Channel { get; set; } = "";

    public string Language { get; set; } = "";

    public long SignedUpAt { get; set; }

    public long? WithdrawnAt { get; set; }

    public long Version { get; set; }

    public long LoadedVersion { get; set; }

    public string? Caller { get; set; }

    public string? IdempotencyKey { get; set; }

    public string? Fingerprint { get; set; }

    public static MemberRow Of(Member member, KeyedSignUp? request = null) => new()
    {
        Number = member.Number.Digits,
        CustomerId = member.CustomerId,
        Name = member.Profile.Name,
        Phone = member.Profile.Phone.Digits,
        Channel = member.Profile.Channel.Word(),
        Language = member.Profile.Language.Word(),
        SignedUpAt = member.SignedUpAt.ToUnixTimeMilliseconds(),
        WithdrawnAt = member.WithdrawnAt?.ToUnixTimeMilliseconds(),
        Version = member.Version,
        LoadedVersion = member.LoadedVersion,
        Caller = request?.Key.Caller,
        IdempotencyKey = request?.Key.Key,
        Fingerprint = request?.Fingerprint,
    };

    public Member Member()
    {
        _ = MembershipNumber.TryParse(Number, out var number);
        _ = PhoneNumber.TryParse(Phone, out var phone);
        return FoodDelivery.Customers.Member.Load(
            number,
            CustomerId,
            new MemberProfile(Name, phone, ContactWords.ParseChannel(Channel).Value, ContactWords.ParseLanguage(Language).Value),
            DateTimeOffset.FromUnixTimeMilliseconds(SignedUpAt),
            WithdrawnAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null,
            Version);
    }
}
