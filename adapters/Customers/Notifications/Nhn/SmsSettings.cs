using FoodDelivery.Platform.Hosting.Startup;
using Microsoft.Extensions.Configuration;

namespace FoodDelivery.Adapters.Customers.Notifications.Nhn;

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
