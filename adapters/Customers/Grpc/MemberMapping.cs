using FoodDelivery.Customers;
using Google.Protobuf.WellKnownTypes;
using Proto = FoodDelivery.Protos.Customer.V1;

namespace FoodDelivery.Adapters.Customers.Grpc;

/// <summary>Members in the words of the public contract.</summary>
internal static class MemberMapping
{
    public static Proto.Member ToProto(this Member member) => new()
    {
        MembershipNumber = member.Number.Digits,
        CustomerId = member.CustomerId,
        Name = member.Profile.Name,
        Phone = member.Profile.Phone.ToString(),
        Channel = (Proto.ContactChannel)(member.Profile.Channel + 1),
        Language = (Proto.Language)(member.Profile.Language + 1),
        SignedUpAt = member.SignedUpAt.ToTimestamp(),
        WithdrawnAt = member.WithdrawnAt?.ToTimestamp(),
    };

    public static Proto.OwnerContact ToProto(this Contact contact, StoreId store) => new()
    {
        StoreId = store.Value,
        Phone = contact.Phone.ToString(),
        Channel = (Proto.ContactChannel)(contact.Channel + 1),
        Language = (Proto.Language)(contact.Language + 1),
    };

    public static Proto.PointsChange ToProto(this PointsChange change) => new()
    {
        OrderId = change.Order.Value,
        Kind = (Proto.PointsChangeKind)change.Kind,
        Points = change.Points,
        ChangedAt = change.At.ToTimestamp(),
    };

    /// <summary>Null for unspecified, and for one that a newer contract has.</summary>
    public static ContactChannel? ToDomain(this Proto.ContactChannel channel) =>
        System.Enum.IsDefined((ContactChannel)(channel - 1)) ? (ContactChannel)(channel - 1) : null;

    /// <summary>Null for unspecified, and for one that a newer contract has.</summary>
    public static Language? ToDomain(this Proto.Language language) =>
        System.Enum.IsDefined((Language)(language - 1)) ? (Language)(language - 1) : null;
}
