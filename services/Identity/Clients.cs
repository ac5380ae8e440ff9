using System.Security.Cryptography;
using System.Text;
using FoodDelivery.Platform.Hosting.Security;
using FoodDelivery.Platform.Hosting.Startup;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace FoodDelivery.Services.Identity;

/// <summary>A program that may have tokens.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Secret">What it proves itself with; null for a public one, which acts for people only.</param>
/// <param name="Subject">Whom its own tokens are about.</param>
/// <param name="Role">The role of its own tokens.</param>
/// <param name="Store">The store of its own tokens, for an owner.</param>
internal sealed record Client(string Id, string? Secret, string Subject, string Role, long? Store)
{
    /// <summary>Compares in a time that tells nothing of the secret.</summary>
    public bool Proves(string? secret) =>
        Secret is not null && secret is not null && CryptographicOperations.FixedTimeEquals(Hash(Secret), Hash(secret));

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}

/// <summary>The clients under <c>Identity:Clients</c>: Id, Secret, Role, and Subject and StoreId where they have them.</summary>
internal static class ConfiguredClients
{
    private const int ShortestSecret = 16;

    public static IEnumerable<Client> Read(IConfiguration configuration) =>
        configuration.GetSection("Identity:Clients").GetChildren().Select(One);

    private static Client One(IConfigurationSection section)
    {
        var id = Needed(section, "Id", static text => text.Length > 0, "it must be the client's name");
        var role = Needed(section, "Role", static text => Roles.All.Contains(text, StringComparer.Ordinal), $"it must be one of {string.Join(", ", Roles.All)}");
        var secret = Needed(section, "Secret", static text => text.Length >= ShortestSecret, $"it must have {ShortestSecret} characters at least", isSecret: true);
        var store = section["StoreId"] is null ? (long?)null : Setting.WholeNumber(section, "StoreId", 0, 1, int.MaxValue);
        return new Client(id, secret, section["Subject"] ?? id, role, store);
    }

    private static string Needed(IConfigurationSection section, string name, Func<string, bool> isUsable, string rule, bool isSecret = false)
    {
        var text = section[name] ?? "";
        return isUsable(text) ? text : throw new SettingException($"The setting {section.Path}:{name} is {(isSecret ? "too short" : $"'{text}'")}; {rule}.");
    }
}

/// <summary>The clients that Development has by itself; their secret is no secret.</summary>
internal static class DemoClients
{
    /// <summary>The public client for browsers and phones, which signs people in.</summary>
    public const string App = "demo-app";

    private const string Secret = "demo";

    public static readonly Client[] All =
    [
        Of("demo-customer", Roles.Customer),
        Of("demo-customer-2", Roles.Customer),

        // The first store that has the chicken: where an order goes that names none.
        Of("demo-owner", Roles.Owner, store: 1),
        Of("demo-owner-1", Roles.Owner, store: 1),
        Of("demo-owner-2", Roles.Owner, store: 2),
        Of("demo-owner-3", Roles.Owner, store: 3),
        Of("demo-service", Roles.Service),
        Of("demo-operator", Roles.Operator),
        new(App, Secret: null, Subject: "", Role: "", Store: null),
    ];

    private static Client Of(string id, string role, long? store = null) => new(id, Secret, Subject: id, role, store);
}

/// <summary>Somebody whom one can sign in as, without a password.</summary>
/// <param name="Id">The subject of their tokens.</param>
/// <param name="Name">What people call them.</param>
/// <param name="Role">What they are.</param>
/// <param name="Store">Their store, for an owner.</param>
internal sealed record DemoUser(string Id, string Name, string Role, long? Store = null)
{
    public static readonly DemoUser[] All =
    [
        new("hana", "김하나", Roles.Customer),
        new("duri", "이두리", Roles.Customer),
        new("owner-1", "박사장 (한그릇밥상)", Roles.Owner, Store: 1),
        new("owner-2", "최사장 (치킨과 피자)", Roles.Owner, Store: 2),
        new("owner-3", "정사장 (아침빵집)", Roles.Owner, Store: 3),
        new("operator", "운영자", Roles.Operator),
    ];
}

/// <summary>Who a client says it is, and its proof: in the header (Basic) or in the form, never in both (RFC 6749, 2.3).</summary>
/// <param name="Id">Its name; empty if there is none.</param>
/// <param name="Secret">The proof; null for a public client.</param>
/// <param name="IsTwice">Whether it was said in both places.</param>
internal sealed record ClientCredentials(string Id, string? Secret, bool IsTwice)
{
    private const string Basic = "Basic ";

    public static ClientCredentials Of(HttpRequest request, IFormCollection form)
    {
        string id = form["client_id"].ToString();
        string? secret = form.TryGetValue("client_secret", out var given) ? given.ToString() : null;
        var header = request.Headers.Authorization.ToString();
        if (header.Length == 0)
            return new ClientCredentials(id, secret, IsTwice: false);

        var (user, password) = Decode(header);
        return new ClientCredentials(user, password, IsTwice: secret is not null || (id.Length > 0 && id != user));
    }

    private static (string User, string Password) Decode(string header)
    {
        var bytes = new byte[header.Length];
        if (!header.StartsWith(Basic, StringComparison.OrdinalIgnoreCase)
            || !Convert.TryFromBase64String(header[Basic.Length..].Trim(), bytes, out var length))
        {
            return ("", "");
        }

        var pair = Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2);
        return pair.Length == 2 ? (Plain(pair[0]), Plain(pair[1])) : ("", "");
    }

    private static string Plain(string encoded) => Uri.UnescapeDataString(encoded.Replace('+', ' '));
}
