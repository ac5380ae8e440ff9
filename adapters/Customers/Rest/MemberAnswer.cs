using FoodDelivery.Customers;
using FoodDelivery.Platform.Hosting.Rest;

namespace FoodDelivery.Adapters.Customers.Rest;

/// <summary>A member as REST answers them; of one who has withdrawn only the number and the times are left.</summary>
internal sealed record MemberAnswer(
    string MembershipNumber,
    string Status,
    string? Name,
    string? Phone,
    string Channel,
    string Language,
    string? CustomerId,
    DateTimeOffset SignedUpAt,
    DateTimeOffset? WithdrawnAt)
{
    public static HalResource Resource(Member member) => Hal.Resource(
        new MemberAnswer(
            member.Number.Digits,
            member.WithdrawnAt is null ? "active" : "withdrawn",
            member.Profile.Name.OrNull(),
            member.Profile.Phone.ToString().OrNull(),
            member.Profile.Channel.Word(),
            member.Profile.Language.Word(),
            member.CustomerId.OrNull(),
            member.SignedUpAt,
            member.WithdrawnAt),
        $"/members/{member.Number}",
        "member");
}
