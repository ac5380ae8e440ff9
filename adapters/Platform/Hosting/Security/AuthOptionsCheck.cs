using Microsoft.Extensions.Options;

namespace FoodDelivery.Platform.Hosting.Security;

/// <summary>Fills in what Development has by itself, and names the setting that cannot be used.</summary>
internal sealed class AuthOptionsCheck(bool development) : IPostConfigureOptions<AuthOptions>, IValidateOptions<AuthOptions>
{
    private const int LongestSkew = 300;
    private const int LongestRefresh = 86_400;

    public void PostConfigure(string? name, AuthOptions options)
    {
        options.RequireHttps ??= !development;
        if (development && string.IsNullOrWhiteSpace(options.Authority))
            options.Authority = AuthOptions.DevelopmentAuthority;
    }

    public ValidateOptionsResult Validate(string? name, AuthOptions options)
    {
        var wrong = Wrong(options).ToList();
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    private static IEnumerable<string> Wrong(AuthOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Authority))
        {
            yield return "The setting Auth:Authority is missing; outside Development it must be the address of an OpenID Connect provider, such as https://login.example.com.";
        }
        else if (!IsAddress(options.Authority, options))
        {
            yield return Unusable(nameof(options.Authority), options.Authority, options);
        }

        if (!string.IsNullOrEmpty(options.MetadataAddress) && !IsAddress(options.MetadataAddress, options))
            yield return Unusable(nameof(options.MetadataAddress), options.MetadataAddress, options);

        if (string.IsNullOrWhiteSpace(options.Audience))
            yield return "The setting Auth:Audience is empty; it must be for whom the provider's tokens are, such as fooddelivery.";

        if (options.ClockSkewSeconds is < 0 or > LongestSkew)
            yield return $"The setting Auth:ClockSkewSeconds is {options.ClockSkewSeconds}; it must be 0 to {LongestSkew}.";

        if (options.KeyRefreshSeconds is < 1 or > LongestRefresh)
            yield return $"The setting Auth:KeyRefreshSeconds is {options.KeyRefreshSeconds}; it must be 1 to {LongestRefresh}.";

        if (string.IsNullOrEmpty(options.ClientId) != string.IsNullOrEmpty(options.ClientSecret))
            yield return "The settings Auth:ClientId and Auth:ClientSecret belong together; one of them is missing.";
    }

    private static bool IsAddress(string text, AuthOptions options) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && options.RequireHttps is false));

    private static string Unusable(string setting, string text, AuthOptions options) => options.RequireHttps is false
        ? $"The setting Auth:{setting} is '{text}'; it must be an address like https://login.example.com."
        : $"The setting Auth:{setting} is '{text}'; it must be an https address, or Auth:RequireHttps false where the way to it is safe otherwise.";
}
