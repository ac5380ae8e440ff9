using System.Net;
using FoodDelivery.Platform.Hosting.Startup;
using Microsoft.Extensions.Configuration;

namespace FoodDelivery.Adapters.Customers.Notifications.Nhn;

/// <summary>The settings of one of the provider's services: either none of them, or all that it needs. What they are is never printed.</summary>
internal sealed class NhnSection(IConfiguration configuration, string section)
{
    public bool IsSet => configuration.GetSection(section).GetChildren().Any(static setting => !string.IsNullOrWhiteSpace(setting.Value));

    public NhnAccess Access(string defaultAddress) => new(Address(defaultAddress), Needed("AppKey"), Needed("SecretKey"), OutboundProxy.Read(configuration));

    public string Needed(string key) => Value(key)
        ?? throw new SettingException($"The setting {section}:{key} is missing; it is needed as soon as any other of {section} is there.");

    public string? Number(string key)
    {
        if (Value(key) is not { } written)
            return null;
        var digits = written.Replace("-", "", StringComparison.Ordinal);
        return digits.Length is >= 8 and <= 13 && digits.All(char.IsAsciiDigit)
            ? digits
            : throw new SettingException($"The setting {section}:{key} must be a telephone number of 8 to 13 digits.");
    }

    private Uri Address(string defaultAddress) =>
        Uri.TryCreate(Value("Address") ?? defaultAddress, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.IsLoopback)
            ? address
            : throw new SettingException($"The setting {section}:Address must be an address that begins with https://.");

    private string? Value(string key) => configuration[$"{section}:{key}"] is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;
}

/// <summary>What one of the provider's services wants to be shown. No record, so that nothing prints the secret by accident.</summary>
internal sealed class NhnAccess(Uri address, string appKey, string secretKey, IWebProxy? proxy)
{
    public Uri Address => address;

    public string AppKey => appKey;

    public string SecretKey => secretKey;

    public IWebProxy? Proxy => proxy;
}

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

/// <summary>The settings under <c>Customer:Sms</c>.</summary>
internal sealed class SmsSettings
{
    public required NhnAccess Access { get; init; }

    /// <summary>The registered number that sends.</summary>
    public required string SenderNumber { get; init; }

    /// <summary>Null where nothing is set: then nobody is told by SMS.</summary>
    /// <exception cref="SettingException">Something is missing or cannot be used; the message names it.</exception>
    public static SmsSettings? Read(IConfiguration configuration) => new NhnSection(configuration, "Customer:Sms") is { IsSet: true } section
        ? new SmsSettings
        {
            Access = section.Access("https://sms.api.nhncloudservice.com"),
            SenderNumber = section.Number("SenderNumber") ?? section.Needed("SenderNumber"),
        }
        : null;
}
