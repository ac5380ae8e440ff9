using System.Diagnostics.CodeAnalysis;
using FoodDelivery.Customers;
using FoodDelivery.Platform.Hosting.Rest;

namespace FoodDelivery.Adapters.Customers.Rest;

/// <summary>How somebody wants to be told, as a body says it; null where it says nothing.</summary>
internal sealed record ContactFields(string? Phone, ContactChannel? Channel, Language? Language)
{
    public static Result<ContactFields> Read(RequestBody body)
    {
        if (!body.TryText(out var phone, out var refusal, "phone", "전화번호")
            || !TryWord(body, ContactWords.ParseChannel, out var channel, out refusal, "channel", "채널")
            || !TryWord(body, ContactWords.ParseLanguage, out var language, out refusal, "language", "언어"))
        {
            return refusal;
        }

        return new ContactFields(phone, channel, language);
    }

    private static bool TryWord<T>(
        RequestBody body, Func<string, Result<T>> parse, out T? value, [NotNullWhen(false)] out Error? refusal, params ReadOnlySpan<string> names)
        where T : struct
    {
        value = null;
        if (!body.TryText(out var word, out refusal, names))
            return false;
        if (word is null)
            return true;
        if (parse(word).IsError(out refusal, out var parsed))
            return false;
        value = parsed;
        return true;
    }
}
