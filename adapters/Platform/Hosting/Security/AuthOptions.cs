using Microsoft.Extensions.Options;

namespace FoodDelivery.Platform.Hosting.Security;

/// <summary>The settings of one provider, under <c>Auth</c> or <c>Auth:Authorities:N</c>: whose tokens are accepted, and what their claims mean here. Where there may be several values, commas stand between them.</summary>
public class AuthorityOptions
{
    private const string TenantPlace = "{tenantid}";

    /// <summary>The OpenID Connect provider: the issuer that tokens name, and where its discovery document is. May have <c>{tenantid}</c> for the token's claim <c>tid</c>.</summary>
    public string? Authority { get; set; }

    /// <summary>Where the discovery document is, if the provider is reached at another address than the one it gives as its name.</summary>
    public string? MetadataAddress { get; set; }

    /// <summary>For whom tokens must be: one of these.</summary>
    public string Audience { get; set; } = "fooddelivery";

    /// <summary>The clients that tokens must have been given to, by <c>azp</c>, <c>client_id</c> or <c>cid</c>; then one that has no audience is accepted too. Empty: any client, and an audience always.</summary>
    public string? Clients { get; set; }

    /// <summary>The tenants whose tokens are accepted, by <c>tid</c>, where the authority has a place for them.</summary>
    public string? Tenants { get; set; }

    /// <summary>The claim that has a caller's roles: its name, or the way to it with dots, such as <c>realm_access.roles</c>. Of an object, the keys are the roles.</summary>
    public string RoleClaim { get; set; } = "role";

    /// <summary>What the provider calls our roles, by ours: <c>Auth:Roles:owner=ROLE_OWNER</c>. One that is not there is called as here.</summary>
    public IDictionary<string, string> Roles { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The role of a caller whose token gives it none; empty: it has none.</summary>
    public string? DefaultRole { get; set; }

    /// <summary>Clients whose tokens are a service's where they give no role. None may be among them that signs people in.</summary>
    public string? ServiceClients { get; set; }

    /// <summary>The claim that has the numbers of an owner's stores; its name, or the way to it.</summary>
    public string StoreClaim { get; set; } = "store_id";

    /// <summary>What is put before the subjects of this provider's tokens: two providers may call two people the same.</summary>
    public string? SubjectPrefix { get; set; }

    /// <summary>What kinds of tokens are accepted, by the <c>typ</c> of their header (RFC 8725, 3.11); one that does not say counts as <c>JWT</c>.</summary>
    public string TokenTypes { get; set; } = "at+jwt,JWT";

    /// <summary>For how long a token may be issued at the most, in seconds: one that nobody can take back must not be good for years.</summary>
    public int MaxTokenLifetimeSeconds { get; set; } = 86_400;

    internal TimeSpan MaxTokenLifetime => TimeSpan.FromSeconds(MaxTokenLifetimeSeconds);

    internal string[] Audiences => Split(Audience);

    internal string[] ClientNames => Split(Clients);

    internal string[] ServiceClientNames => Split(ServiceClients);

    internal string[] TenantIds => Split(Tenants);

    internal string[] Types => Split(TokenTypes);

    internal bool HasTenants => Authority!.Contains(TenantPlace, StringComparison.Ordinal);

    internal Uri Discovery => new(string.IsNullOrEmpty(MetadataAddress) ? Authority!.TrimEnd('/') + "/.well-known/openid-configuration" : MetadataAddress);

    internal string[] NamesOf(string role) => Roles.TryGetValue(role, out var names) ? Split(names) : [role];

    /// <summary>Whether it goes by that name, tenant left open.</summary>
    internal bool IsCalled(string? issuer) => Is(Authority!, issuer);

    /// <summary>Whether tokens of that issuer and tenant are its own.</summary>
    internal bool Issues(string? issuer, string? tenant) => HasTenants
        ? tenant is not null && TenantIds.Contains(tenant, StringComparer.OrdinalIgnoreCase) && IsOfTenant(Authority!, issuer, tenant)
        : IsCalled(issuer);

    /// <summary>Whether an issuer that may have a place for the tenant is that one.</summary>
    internal static bool IsOfTenant(string pattern, string? issuer, string? tenant) => Is(pattern.Replace(TenantPlace, tenant, StringComparison.Ordinal), issuer);

    internal static string[] Split(string? text) => text?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    // With and without a last slash it is the same issuer.
    private static bool Is(string name, string? issuer) => issuer == name.TrimEnd('/') || issuer == name.TrimEnd('/') + "/";
}

/// <summary>The settings under <c>Auth</c>: whose tokens are accepted, and who we are when we call others.</summary>
public sealed class AuthOptions : AuthorityOptions
{
    /// <summary>The name of the section.</summary>
    public const string Section = "Auth";

    /// <summary>The issuer that development's tokens come from.</summary>
    public const string DevelopmentAuthority = "http://localhost:8086";

    /// <summary>More providers, beside the one that the section itself names or instead of it.</summary>
    public IList<AuthorityOptions> Authorities { get; } = [];

    /// <summary>Whether keys may only come over https; so outside Development, unless set.</summary>
    public bool? RequireHttps { get; set; }

    /// <summary>By how much clocks may differ, in seconds.</summary>
    public int ClockSkewSeconds { get; set; } = 30;

    /// <summary>After how long a provider is asked for its keys again, in seconds; a withdrawn key is accepted for so long.</summary>
    public int KeyRefreshSeconds { get; set; } = 300;

    /// <summary>As whom this service asks the first provider for its own tokens; empty: it calls others without.</summary>
    public string? ClientId { get; set; }

    /// <summary>With which secret; there is no default.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>How the secret is sent: <c>basic</c>, in a header, or <c>post</c>, in the form; empty: as the discovery document says.</summary>
    public string? ClientAuthentication { get; set; }

    /// <summary>What it asks a token for, where the provider wants that said.</summary>
    public string? Scope { get; set; }

    internal TimeSpan ClockSkew => TimeSpan.FromSeconds(ClockSkewSeconds);

    internal TimeSpan KeyRefresh => TimeSpan.FromSeconds(KeyRefreshSeconds);

    /// <summary>All providers with their places in the settings; the first gives this service its own tokens.</summary>
    internal IEnumerable<(string Path, AuthorityOptions Settings)> All =>
    [
        .. string.IsNullOrWhiteSpace(Authority) ? Array.Empty<(string, AuthorityOptions)>() : [(Section, this)],
        .. Authorities.Select(static (one, number) => ($"{Section}:Authorities:{number}", one)),
    ];
}

/// <summary>Fills in what Development has by itself, and names the setting that cannot be used.</summary>
internal sealed class AuthOptionsCheck(bool development) : IPostConfigureOptions<AuthOptions>, IValidateOptions<AuthOptions>
{
    private const int LongestSkew = 300;
    private const int LongestRefresh = 86_400;
    private const int ShortestLifetime = 60;
    private const int LongestLifetime = 630_720_000;

    // Whoever has no role may be one of many; a service or an operator must be said to be one.
    private static readonly string[] Defaults = [Roles.Customer, Roles.Owner];

    public void PostConfigure(string? name, AuthOptions options)
    {
        options.RequireHttps ??= !development;
        if (development && string.IsNullOrWhiteSpace(options.Authority) && options.Authorities.Count == 0)
            options.Authority = AuthOptions.DevelopmentAuthority;
    }

    public ValidateOptionsResult Validate(string? name, AuthOptions options)
    {
        var wrong = Wrong(options).ToList();
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    private static IEnumerable<string> Wrong(AuthOptions options)
    {
        if (!options.All.Any())
            yield return "The setting Auth:Authority is missing; outside Development it must be the address of an OpenID Connect provider, such as https://login.example.com.";

        foreach (var (path, settings) in options.All)
        {
            foreach (var wrong in Wrong(path, settings, options))
                yield return wrong;
        }

        var names = options.All.Select(static one => one.Settings.Authority?.TrimEnd('/')).ToList();
        foreach (var (path, settings) in options.All.Skip(1))
        {
            if (names.Count(name => name == settings.Authority?.TrimEnd('/')) > 1)
                yield return $"The setting {path}:Authority is '{settings.Authority}' like another; a provider stands there once, with all its audiences.";

            if (settings.SubjectPrefix is null)
                yield return $"The setting {path}:SubjectPrefix is missing; two providers may call two people the same, so something must stand before its subjects, such as google-; empty, if both are sure to mean the same people.";
        }

        if (options.ClockSkewSeconds is < 0 or > LongestSkew)
            yield return $"The setting Auth:ClockSkewSeconds is {options.ClockSkewSeconds}; it must be 0 to {LongestSkew}.";

        if (options.KeyRefreshSeconds is < 1 or > LongestRefresh)
            yield return $"The setting Auth:KeyRefreshSeconds is {options.KeyRefreshSeconds}; it must be 1 to {LongestRefresh}.";

        if (string.IsNullOrEmpty(options.ClientId) != string.IsNullOrEmpty(options.ClientSecret))
            yield return "The settings Auth:ClientId and Auth:ClientSecret belong together; one of them is missing.";

        if (options.ClientAuthentication is not (null or "" or "basic" or "post"))
            yield return $"The setting Auth:ClientAuthentication is '{options.ClientAuthentication}'; it must be basic or post.";
    }

    private static IEnumerable<string> Wrong(string path, AuthorityOptions settings, AuthOptions all)
    {
        if (!IsAddress(settings.Authority, all))
            yield return Unusable($"{path}:{nameof(settings.Authority)}", settings.Authority, all);
        else if (settings.HasTenants && settings.TenantIds.Length == 0)
            yield return $"The setting {path}:Tenants is missing; with {{tenantid}} in {path}:Authority it must list the tenants, since each decides who has which role.";
        else if (settings.HasTenants && string.IsNullOrEmpty(settings.MetadataAddress))
            yield return $"The setting {path}:MetadataAddress is missing; with {{tenantid}} in {path}:Authority it must say where the discovery document of all tenants is.";

        if (!string.IsNullOrEmpty(settings.MetadataAddress) && !IsAddress(settings.MetadataAddress, all))
            yield return Unusable($"{path}:{nameof(settings.MetadataAddress)}", settings.MetadataAddress, all);

        if (settings.Audiences.Length == 0)
            yield return $"The setting {path}:Audience is empty; it must be for whom the provider's tokens are, such as fooddelivery.";

        if (string.IsNullOrWhiteSpace(settings.RoleClaim))
            yield return $"The setting {path}:RoleClaim is empty; it must be the claim that has a caller's roles, such as role.";

        if (string.IsNullOrWhiteSpace(settings.StoreClaim))
            yield return $"The setting {path}:StoreClaim is empty; it must be the claim that has an owner's stores, such as store_id.";

        foreach (var (role, names) in settings.Roles)
        {
            if (!Roles.All.Contains(role, StringComparer.OrdinalIgnoreCase))
                yield return $"The setting {path}:Roles:{role} names a role that there is not; there are {string.Join(", ", Roles.All)}.";
            else if (AuthorityOptions.Split(names).Length == 0)
                yield return $"The setting {path}:Roles:{role} is empty; it must be what the provider calls that role, such as ROLE_OWNER.";
        }

        if (!string.IsNullOrEmpty(settings.DefaultRole) && !Defaults.Contains(settings.DefaultRole, StringComparer.Ordinal))
            yield return $"The setting {path}:DefaultRole is '{settings.DefaultRole}'; it must be {string.Join(" or ", Defaults)}.";

        if (settings.Types.Length == 0)
            yield return $"The setting {path}:TokenTypes is empty; it must be the typ of the provider's access tokens, such as at+jwt,JWT.";

        if (settings.MaxTokenLifetimeSeconds is < ShortestLifetime or > LongestLifetime)
            yield return $"The setting {path}:MaxTokenLifetimeSeconds is {settings.MaxTokenLifetimeSeconds}; it must be {ShortestLifetime} to {LongestLifetime}.";
    }

    private static bool IsAddress(string? text, AuthOptions options) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && options.RequireHttps is false));

    private static string Unusable(string setting, string? text, AuthOptions options) => options.RequireHttps is false
        ? $"The setting {setting} is '{text}'; it must be an address like https://login.example.com."
        : $"The setting {setting} is '{text}'; it must be an https address, or Auth:RequireHttps false where the way to it is safe otherwise.";
}
