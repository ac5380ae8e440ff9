using Microsoft.Extensions.Options;

namespace FoodDelivery.Platform.Hosting.Security;

/// <summary>The settings under <c>Auth</c>: whose tokens are accepted, and who we are when we call others.</summary>
public sealed class AuthOptions
{
    /// <summary>The name of the section.</summary>
    public const string Section = "Auth";

    /// <summary>The issuer that development's tokens come from.</summary>
    public const string DevelopmentAuthority = "http://localhost:8086";

    /// <summary>The OpenID Connect provider: the issuer that tokens name, and where its discovery document is.</summary>
    public string? Authority { get; set; }

    /// <summary>Where the discovery document is, if the provider is reached at another address than the one it gives as its name.</summary>
    public string? MetadataAddress { get; set; }

    /// <summary>For whom tokens must be.</summary>
    public string Audience { get; set; } = "fooddelivery";

    /// <summary>Whether keys may only come over https; so outside Development, unless set.</summary>
    public bool? RequireHttps { get; set; }

    /// <summary>The claim that has a caller's roles.</summary>
    public string RoleClaim { get; set; } = "role";

    /// <summary>The claim that has the number of an owner's store.</summary>
    public string StoreClaim { get; set; } = "store_id";

    /// <summary>What kinds of tokens are accepted, by the <c>typ</c> of their header (RFC 8725, 3.11), with commas between them; one that does not say counts as <c>JWT</c>.</summary>
    public string TokenTypes { get; set; } = "at+jwt,JWT";

    /// <summary>For how long a token may be issued at the most, in seconds: one that nobody can take back must not be good for years.</summary>
    public int MaxTokenLifetimeSeconds { get; set; } = 86_400;

    /// <summary>By how much clocks may differ, in seconds.</summary>
    public int ClockSkewSeconds { get; set; } = 30;

    /// <summary>After how long the provider is asked for its keys again, in seconds; a withdrawn key is accepted for so long.</summary>
    public int KeyRefreshSeconds { get; set; } = 300;

    /// <summary>As whom this service asks for its own tokens; empty: it calls others without.</summary>
    public string? ClientId { get; set; }

    /// <summary>With which secret; there is no default.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>What it asks a token for, where the provider wants that said.</summary>
    public string? Scope { get; set; }

    internal TimeSpan ClockSkew => TimeSpan.FromSeconds(ClockSkewSeconds);

    internal TimeSpan MaxTokenLifetime => TimeSpan.FromSeconds(MaxTokenLifetimeSeconds);

    internal string[] Types => TokenTypes.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    internal TimeSpan KeyRefresh => TimeSpan.FromSeconds(KeyRefreshSeconds);

    internal Uri Discovery => new(MetadataAddress ?? Authority!.TrimEnd('/') + "/.well-known/openid-configuration");

    // With and without a last slash it is the same issuer.
    internal string[] Issuers => [Authority!.TrimEnd('/'), Authority!.TrimEnd('/') + "/"];
}

/// <summary>Fills in what Development has by itself, and names the setting that cannot be used.</summary>
internal sealed class AuthOptionsCheck(bool development) : IPostConfigureOptions<AuthOptions>, IValidateOptions<AuthOptions>
{
    private const int LongestSkew = 300;
    private const int LongestRefresh = 86_400;
    private const int ShortestLifetime = 60;
    private const int LongestLifetime = 31_536_000;

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

        if (options.Types.Length == 0)
            yield return "The setting Auth:TokenTypes is empty; it must be the typ of the provider's access tokens, such as at+jwt,JWT.";

        if (options.MaxTokenLifetimeSeconds is < ShortestLifetime or > LongestLifetime)
            yield return $"The setting Auth:MaxTokenLifetimeSeconds is {options.MaxTokenLifetimeSeconds}; it must be {ShortestLifetime} to {LongestLifetime}.";

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
