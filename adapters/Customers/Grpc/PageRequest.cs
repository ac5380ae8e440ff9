using System.Buffers.Text;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using FoodDelivery.Kernel;

namespace FoodDelivery.Adapters.Customers.Grpc;

/// <summary>Which part of a list is asked for, after AIP-158: a size, and a token that the caller does not look into.</summary>
/// <param name="Size">1 to 1000.</param>
/// <param name="After">The number of the last item of the page before; null for the first page.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PageRequest(int Size, long? After)
{
    private const int Usual = 20;
    private const int Largest = 1000;

    public static Outcome<PageRequest> Of(int size, string token)
    {
        if (size is < 0 or > Largest)
            return Rejection.Invalid("page_size", $"page_size must be a number from 0 to {Largest}; 0 means {Usual}.");
        long? after = null;
        if (token.Length > 0)
        {
            after = Parse(token);
            if (after is null)
                return Rejection.Invalid("page_token", "page_token must come from the page before.");
        }

        return new PageRequest(size == 0 ? Usual : size, after);
    }

    /// <summary>The token of the page after <paramref name="items"/>; empty if one more than the page was not found.</summary>
    public string Next<T>(IReadOnlyList<T> items, Func<T, long> number) => items.Count > Size
        ? Base64Url.EncodeToString(Encoding.ASCII.GetBytes(number(items[Size - 1]).ToString(CultureInfo.InvariantCulture)))
        : "";

    private static long? Parse(string token)
    {
        Span<byte> number = stackalloc byte[20];
        return token.Length <= 27
            && Base64Url.IsValid(token)
            && Base64Url.TryDecodeFromChars(token, number, out var length)
            && long.TryParse(number[..length], NumberStyles.None, CultureInfo.InvariantCulture, out var after)
                ? after
                : null;
    }
}
