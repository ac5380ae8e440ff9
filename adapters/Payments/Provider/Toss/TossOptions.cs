using System.Net;
using FoodDelivery.Adapters.Payments.Persistence;
using FoodDelivery.Payments;
using FoodDelivery.Payments.Ports;
using FoodDelivery.Platform.Hosting.Startup;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Adapters.Payments.Provider.Toss;

/// <summary>The settings under <c>Pay:Toss</c>. Not a record: what prints itself ends up in a log, and one of these is a secret.</summary>
internal sealed class TossOptions
{
    private const string SecretKeySetting = "Pay:Toss:SecretKey";
    private const string AddressSetting = "Pay:Toss:Address";
    private const string WebhookSecretSetting = "Pay:Toss:WebhookSecret";

    private TossOptions(Uri address, string secretKey, TimeSpan timeout, IWebProxy? proxy, string? webhookSecret) =>
        (Address, SecretKey, Timeout, Proxy, WebhookSecret) = (address, secretKey, timeout, proxy, webhookSecret);

    /// <summary>Where the API is.</summary>
    public Uri Address { get; }

    /// <summary>The merchant's secret key; the API takes it for the user's name, without a password.</summary>
    public string SecretKey { get; }

    /// <summary>How long one request may take; less than a call to a provider may, so that there is time to look what became of it.</summary>
    public TimeSpan Timeout { get; }

    /// <summary>What requests pass through; null for nothing.</summary>
    public IWebProxy? Proxy { get; }

    /// <summary>What the provider signs events with; null where nobody has said.</summary>
    public string? WebhookSecret { get; }

    /// <exception cref="SettingException">One of the settings cannot be used; the secret key is named, but never shown.</exception>
    public static TossOptions Read(IConfiguration configuration) => new(
        ReadAddress(configuration[AddressSetting] is { Length: > 0 } address ? address : "https://api.tosspayments.com"),
        ReadSecretKey(configuration[SecretKeySetting]),
        TimeSpan.FromMilliseconds(Setting.WholeNumber(configuration, "Pay:Toss:TimeoutMs", otherwise: 4_000, least: 1, most: 12_000)),
        OutboundProxy.Read(configuration),
        ReadWebhookSecret(configuration[WebhookSecretSetting]));

    private static Uri ReadAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            ? address
            : throw new SettingException($"The setting {AddressSetting} is '{text}'; it must be an https address, since the secret key travels with every request.");

    private static string? ReadWebhookSecret(string? text) =>
        string.IsNullOrEmpty(text) ? null
        : text.All(static sign => char.IsAscii(sign) && !char.IsWhiteSpace(sign) && !char.IsControl(sign)) ? text
        : throw new SettingException($"The setting {WebhookSecretSetting} has signs that no secret has; is it whole?");

    private static string ReadSecretKey(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            throw new SettingException($"The setting {SecretKeySetting} is missing; Pay:Provider=Toss needs the merchant's secret key.");

        return text.All(static sign => char.IsAsciiLetterOrDigit(sign) || sign is '_' or '-')
            ? text
            : throw new SettingException($"The setting {SecretKeySetting} has signs that no secret key has; is it whole, and not encoded?");
    }
}

/// <summary>Registration of Toss Payments.</summary>
internal static class TossRegistration
{
    /// <exception cref="SettingException">One of the settings cannot be used.</exception>
    public static IServiceCollection AddToss(this IServiceCollection services, IConfiguration configuration, bool clearCards)
    {
        var settings = TossOptions.Read(configuration);
        return services
            .AddSingleton(settings)
            .AddSingleton<TossApi>()
            .AddSingleton(CardCipher.Read(configuration, clearCards))
            .AddSingleton<TossCards>()
            .AddSingleton<TossOrderIds>()
            .AddSingleton<TossWebhooks>()
            .AddSingleton<UnlistedCodes>()
            .AddSingleton<CardRevocations>()
            .AddHostedService<TossRevocations>()
            .AddSingleton<ICards>(static provider => provider.GetRequiredService<TossCards>())
            .AddSingleton<RegisterCardHandler>()
            .AddSingleton<RemoveCardHandler>()
            .AddTimeLimited<TossProvider>(ProviderLimits.Read(configuration));
    }
}
