using FoodDelivery.Platform.Hosting.Startup;
using Microsoft.Extensions.Configuration;

namespace FoodDelivery.Adapters.Customers.Notifications.Nhn;

/// <summary>The settings under <c>Customer:Kakao</c>.</summary>
internal sealed class KakaoSettings
{
    public required NhnAccess Access { get; init; }

    /// <summary>The key of the channel in KakaoTalk that sends.</summary>
    public required string SenderKey { get; init; }

    /// <summary>The number that SMS are sent from where KakaoTalk does not reach the recipient; null for none.</summary>
    public required string? FallbackNumber { get; init; }

    /// <summary>Null where nothing is set: then nobody is told by KakaoTalk.</summary>
    /// <exception cref="SettingException">Something is missing or cannot be used; the message names it.</exception>
    public static KakaoSettings? Read(IConfiguration configuration) => new NhnSection(configuration, "Customer:Kakao") is { IsSet: true } section
        ? new KakaoSettings
        {
            Access = section.Access("https://kakaotalk-bizmessage.api.nhncloudservice.com"),
            SenderKey = section.Needed("SenderKey"),
            FallbackNumber = section.Number("FallbackNumber"),
        }
        : null;
}
