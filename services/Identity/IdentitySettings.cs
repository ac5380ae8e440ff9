using FoodDelivery.Platform.Hosting.Security;
using FoodDelivery.Platform.Hosting.Startup;
using Microsoft.Extensions.Configuration;

namespace FoodDelivery.Services.Identity;

/// <summary>What the server is told.</summary>
/// <param name="Issuer">Its name, which is also where it is reached.</param>
/// <param name="Audience">For whom its tokens are.</param>
/// <param name="TokenLifetime">How long a token is good.</param>
/// <param name="Schedule">When keys come and go.</param>
/// <param name="KeyFile">Where the keys lie.</param>
/// <param name="Clients">The programs that may have tokens.</param>
/// <param name="Users">The people who may have tokens, without a password; nobody outside Development.</param>
internal sealed record IdentitySettings(
    string Issuer,
    string Audience,
    TimeSpan TokenLifetime,
    KeySchedule Schedule,
    string KeyFile,
    IReadOnlyList<Client> Clients,
    IReadOnlyList<DemoUser> Users)
{
    private const int MinutesOfDay = 24 * 60;
    private const int MinutesOfYear = 365 * MinutesOfDay;
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    public static IdentitySettings Read(IConfiguration configuration, bool development)
    {
        if (!development && !Setting.Flag(configuration, "Identity:OutsideDevelopment", otherwise: false))
        {
            throw new SettingException(
                "Identity is for development and does not start outside it; set Auth:Authority of the services to your OpenID Connect provider, or Identity:OutsideDevelopment to true if you know what you do.");
        }

        var lifetime = TimeSpan.FromMinutes(Setting.WholeNumber(configuration, "Identity:TokenMinutes", 60, 1, MinutesOfDay));
        var period = TimeSpan.FromMinutes(Setting.WholeNumber(configuration, "Identity:KeyRotationMinutes", MinutesOfDay, 4, MinutesOfYear));
        return new IdentitySettings(
            IssuerOf(configuration, development),
            Setting.List(configuration, "Auth:Audience") is [var first, ..] ? first : new AuthOptions().Audience,
            lifetime,
            new KeySchedule(period, Ahead: TimeSpan.FromMinutes(Math.Min(15, period.TotalMinutes / 4)), Kept: lifetime + Grace),
            Path.Combine(configuration["Data:Directory"] ?? "data", "identity-keys.json"),
            [.. development ? DemoClients.All : [], .. ConfiguredClients.Read(configuration)],
            development ? DemoUser.All : []);
    }

    private static string IssuerOf(IConfiguration configuration, bool development)
    {
        if (configuration["Auth:Authority"] is { Length: > 0 } told)
            return told.TrimEnd('/');

        var port = Setting.WholeNumber(configuration, "Identity:RestPort", 0, 0, 65535);
        return development && port != 0
            ? $"http://localhost:{port}"
            : throw new SettingException("The setting Auth:Authority is missing; it must be the address at which Identity is reached.");
    }
}
