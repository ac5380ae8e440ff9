using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace FoodDelivery.Platform.Hosting.Security.Checking;

/// <summary>What a token says of itself before anything is believed: three parts, an algorithm that we accept, a key's name.</summary>
internal sealed record TokenShape(string? KeyId)
{
    /// <summary>ECDSA on P-256 and RSA, with SHA-256; neither <c>none</c> nor anything that a public key could be a secret of.</summary>
    public static readonly string[] Algorithms = ["ES256", "RS256"];

    private const int Longest = 8 * 1024;
    private const int Parts = 3;

    public static bool TryRead(string token, [NotNullWhen(true)] out TokenShape? shape)
    {
        shape = null;
        if (token.Length > Longest || token.AsSpan().Count('.') != Parts - 1)
            return false;

        try
        {
            using var header = JsonDocument.Parse(Base64Url.DecodeFromChars(token.AsSpan(0, token.IndexOf('.', StringComparison.Ordinal))));
            shape = Read(header.RootElement);
        }
        catch (Exception malformed) when (malformed is FormatException or JsonException or InvalidOperationException)
        {
            return false;
        }

        return shape is not null;
    }

    // "crit" names extensions that must be understood (RFC 7515, 4.1.11); we understand none.
    private static TokenShape? Read(JsonElement header) =>
        Text(header, "alg") is { } algorithm && Algorithms.Contains(algorithm, StringComparer.Ordinal) && !header.TryGetProperty("crit", out _)
            ? new TokenShape(Text(header, "kid"))
            : null;

    private static string? Text(JsonElement header, string name) => header.TryGetProperty(name, out var found) ? found.GetString() : null;
}
