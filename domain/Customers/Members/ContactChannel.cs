namespace FoodDelivery.Customers.Members;

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
