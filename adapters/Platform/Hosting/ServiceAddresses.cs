using FoodDelivery.Platform.Hosting.Startup;
using Microsoft.Extensions.Configuration;

namespace FoodDelivery.Platform.Hosting;

/// <summary>Where another service is, as the settings have it: one address, several with commas between them, or a list.</summary>
public static class ServiceAddresses
{
    /// <summary>The addresses under <paramref name="key"/>, such as <c>Pay:Addresses</c>; <paramref name="otherwise"/> if there is none.</summary>
    /// <exception cref="SettingException">One of them is no http address.</exception>
    public static IReadOnlyList<Uri> Read(IConfiguration configuration, string key, string otherwise)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var section = configuration.GetSection(key);
        string[] texts = section.Value is { Length: > 0 } one
            ? one.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : [.. section.GetChildren().Select(static child => child.Value ?? "")];
        return texts.Length == 0 ? [Parse(key, otherwise)] : [.. texts.Select(text => Parse(key, text))];
    }

    private static Uri Parse(string key, string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.Host.Length > 0
            ? address
            : throw new SettingException($"The setting {key} has '{text}'; it must be an address like http://localhost:9082.");
}
