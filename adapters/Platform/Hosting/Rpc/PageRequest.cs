using System.Buffers.Text;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace FoodDelivery.Platform.Hosting.Rpc;

/// <summary>Which part of a list is asked for, after AIP-158: a size, and a token that the caller does not look into.</summary>
/// <param name="Size">1 to 1000.</param>
/// <param name="After">The number of the last item of the page before; null for the first page.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct PageRequest(int Size, long? After)
{
    private const int Usual = 20;
    private const int Largest = 1000;
    private const int LongestToken = 28;

    /// <summary>Reads a request's <c>page_size</c> and <c>page_token</c>; invalid where they are none.</summary>
    public static Result<PageRequest> Of(int size, string token)
    {
        if (size is < 0 or > Largest)
            return Error.Invalid("page_size", $"page_size must be 0 to {Largest}; 0 means {Usual}.");

        var page = new PageRequest(size == 0 ? Usual : size, After: null);
        if (token.Length == 0)
            return page;

        return Parse(token) is { } after
            ? page with { After = after }
            : Error.Invalid("page_token", "page_token must come from the page before.");
    }

    /// <summary>The token of the page after <paramref name="found"/>; empty unless one more than the page was found.</summary>
    public string Next<T>(IReadOnlyList<T> found, Func<T, long> number) => found.Count > Size ? TokenAfter(number(found[Size - 1])) : "";

    /// <summary>The token of the page after the item with the number <paramref name="last"/>.</summary>
    public static string TokenAfter(long last) => Base64Url.EncodeToString(Encoding.ASCII.GetBytes(last.ToString(CultureInfo.InvariantCulture)));

    private static long? Parse(string token)
    {
        Span<byte> digits = stackalloc byte[LongestToken];
        return token.Length <= LongestToken
            && Base64Url.IsValid(token)
            && Base64Url.TryDecodeFromChars(token, digits, out var length)
            && long.TryParse(digits[..length], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : null;
    }
}
