using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using FoodDelivery.Customers;
using FoodDelivery.Customers.Members;
using FoodDelivery.Kernel;
using FoodDelivery.Platform.Rest;

namespace FoodDelivery.Adapters.Customers.Rest;

/// <summary>What somebody says about themselves, at the sign-up or later.</summary>
internal sealed record MemberBody(
    [property: Description("In any script; also 이름")] string? Name,
    [property: Description("A South Korean mobile number; also 전화번호")] string? Phone,
    [property: Description("kakao, sms or none (the default): also 채널")] string? Channel,
    [property: Description("ko (the default) or en; also 언어")] string? Language,
    [property: Description("The customer that signs up; may be absent")] string? CustomerId)
{
    public static Outcome<SignUp> SignUp(RequestBody body, RequestKey? key)
    {
        if (Read(body).IsRejected(out var refusal, out var said)
            || !body.TryText(out var customer, out refusal, "customerId")
            || MemberProfile.Of(said.Name, said.Phone, said.Channel ?? ContactChannel.None, said.Language ?? FoodDelivery.Customers.Language.Korean)
                .IsRejected(out refusal, out var profile))
        {
            return refusal;
        }

        return new SignUp(customer?.Trim() ?? "", profile, key);
    }

    public static Outcome<ChangeMember> Change(RequestBody body, string number) => Read(body).IsRejected(out var refusal, out var said)
        ? refusal
        : new ChangeMember(number, said.Name, said.Phone, said.Channel, said.Language);

    private static Outcome<Said> Read(RequestBody body)
    {
        if (!body.TryText(out var name, out var refusal, "name", "이름")
            || !body.TryText(out var phone, out refusal, "phone", "전화번호")
            || !TryWord(body, ContactWords.ParseChannel, out var channel, out refusal, "channel", "채널")
            || !TryWord(body, ContactWords.ParseLanguage, out var language, out refusal, "language", "언어"))
        {
            return refusal;
        }

        return new Said(name, phone, channel, language);
    }

    private static bool TryWord<T>(
        RequestBody body, Func<string, Outcome<T>> parse, out T? value, [NotNullWhen(false)] out Rejection? refusal, params ReadOnlySpan<string> names)
        where T : struct
    {
        value = null;
        if (!body.TryText(out var word, out refusal, names))
            return false;
        if (word is null)
            return true;
        if (parse(word).IsRejected(out refusal, out var parsed))
            return false;
        value = parsed;
        return true;
    }

    private sealed record Said(string? Name, string? Phone, ContactChannel? Channel, Language? Language);
}
