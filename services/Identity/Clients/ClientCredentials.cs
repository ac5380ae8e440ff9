using System.Text;
using Microsoft.AspNetCore.Http;

namespace FoodDelivery.Services.Identity.Clients;

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
