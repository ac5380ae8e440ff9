using System.Security.Cryptography;
using System.Text;

namespace FoodDelivery.Services.Identity.Clients;

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
