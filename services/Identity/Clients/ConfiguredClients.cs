using FoodDelivery.Platform.Hosting.Security;
using FoodDelivery.Platform.Hosting.Startup;
using Microsoft.Extensions.Configuration;

namespace FoodDelivery.Services.Identity.Clients;

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
