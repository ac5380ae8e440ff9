namespace FoodDelivery.Customers;

/// <summary>How somebody wants to be told.</summary>
public enum ContactChannel
{
    /// <summary>Not at all: they look for themselves.</summary>
    None,

    /// <summary>By KakaoTalk, and by SMS where KakaoTalk does not reach them.</summary>
    Kakao,

    /// <summary>By SMS.</summary>
    Sms,
}

/// <summary>Channels and languages in the words of programs.</summary>
public static class ContactWords
{
    /// <summary><c>none</c>, <c>kakao</c> or <c>sms</c>.</summary>
    public static string Word(this ContactChannel channel) => channel switch
    {
        ContactChannel.None => "none",
        ContactChannel.Kakao => "kakao",
        ContactChannel.Sms => "sms",
        _ => throw new ArgumentOutOfRangeException(nameof(channel), channel, "There is no word for this channel."),
    };

    /// <summary><c>ko</c> or <c>en</c>, as in BCP 47.</summary>
    public static string Word(this Language language) => language switch
    {
        Language.Korean => "ko",
        Language.English => "en",
        _ => throw new ArgumentOutOfRangeException(nameof(language), language, "There is no word for this language."),
    };

    /// <summary>The channel that a word means, case ignored; a refusal names the field.</summary>
    public static Result<ContactChannel> ParseChannel(string word) => word.Trim().ToUpperInvariant() switch
    {
        "NONE" => ContactChannel.None,
        "KAKAO" => ContactChannel.Kakao,
        "SMS" => ContactChannel.Sms,
        _ => Error.Invalid("channel", "channel must be kakao, sms or none."),
    };

    /// <summary>The language that a word means, case ignored; a refusal names the field.</summary>
    public static Result<Language> ParseLanguage(string word) => word.Trim().ToUpperInvariant() switch
    {
        "KO" => Language.Korean,
        "EN" => Language.English,
        _ => Error.Invalid("language", "language must be ko or en."),
    };
}

/// <summary>A language that notifications are written in.</summary>
public enum Language
{
    /// <summary>Korean, unless the recipient wishes otherwise.</summary>
    Korean,

    /// <summary>English.</summary>
    English,
}

/// <summary>How somebody wants to be told.</summary>
/// <param name="Channel">By which way.</param>
/// <param name="Phone">Where.</param>
/// <param name="Language">In which language.</param>
public sealed record Contact(ContactChannel Channel, PhoneNumber Phone, Language Language)
{
    /// <summary>Whether they have shown that the telephone is theirs; no message goes there before.</summary>
    public bool IsConfirmed { get; init; }

    /// <summary>The customer that they are; empty if nobody said, and of an owner.</summary>
    public string CustomerId { get; init; } = "";
}
