using System.ComponentModel;
using FoodDelivery.Customers;
using FoodDelivery.Platform.Hosting.Rest;

namespace FoodDelivery.Adapters.Customers.Rest;

/// <summary>What somebody says about themselves, at the sign-up or later.</summary>
internal sealed record MemberBody(
    [property: Description("In any script; also 이름")] string? Name,
    [property: Description("A South Korean mobile number; also 전화번호")] string? Phone,
    [property: Description("kakao, sms or none (the default): also 채널")] string? Channel,
    [property: Description("ko (the default) or en; also 언어")] string? Language,
    [property: Description("The customer that signs up; may be absent")] string? CustomerId)
{
    public static Result<SignUp> SignUp(RequestBody body, RequestKey? key)
    {
        if (Read(body).IsError(out var refusal, out var said)
            || !body.TryText(out var customer, out refusal, "customerId")
            || MemberProfile.Of(said.Name, said.Phone, said.Channel ?? ContactChannel.None, said.Language ?? FoodDelivery.Customers.Language.Korean)
                .IsError(out refusal, out var profile))
        {
            return refusal;
        }

        return new SignUp(customer?.Trim() ?? "", profile, key);
    }

    public static Result<ChangeMember> Change(RequestBody body, string number) => Read(body).IsError(out var refusal, out var said)
        ? refusal
        : new ChangeMember(number, said.Name, said.Phone, said.Channel, said.Language);

    private static Result<Said> Read(RequestBody body) =>
        !body.TryText(out var name, out var refusal, "name", "이름") || ContactFields.Read(body).IsError(out refusal, out var contact)
            ? refusal
            : new Said(name, contact.Phone, contact.Channel, contact.Language);

    private sealed record Said(string? Name, string? Phone, ContactChannel? Channel, Language? Language);
}
