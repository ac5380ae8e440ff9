using FoodDelivery.Platform.Hosting.Startup;
using Microsoft.Extensions.Configuration;

namespace FoodDelivery.Adapters.Customers.Notifications.Nhn;

/// <summary>The settings of one of the provider's services: either none of them, or all that it needs. What they are is never printed.</summary>
internal sealed class NhnSection(IConfiguration configuration, string section)
{
    public bool IsSet => configuration.GetSection(section).GetChildren().Any(static setting => !string.IsNullOrWhiteSpace(setting.Value));

    public NhnAccess Access(string usualAddress) => new(Address(usualAddress), Needed("AppKey"), Needed("SecretKey"));

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

    private Uri Address(string usual) =>
        Uri.TryCreate(Value("Address") ?? usual, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.IsLoopback)
            ? address
            : throw new SettingException($"The setting {section}:Address must be an address that begins with https://.");

    private string? Value(string key) => configuration[$"{section}:{key}"] is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;
}
