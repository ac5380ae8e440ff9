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

    internal TimeSpan KeyRefresh => TimeSpan.FromSeconds(KeyRefreshSeconds);

    internal Uri Discovery => new(MetadataAddress ?? Authority!.TrimEnd('/') + "/.well-known/openid-configuration");

    // With and without a last slash it is the same issuer.
    internal string[] Issuers => [Authority!.TrimEnd('/'), Authority!.TrimEnd('/') + "/"];
}
