using System.Globalization;
using System.Runtime.InteropServices;
using FoodDelivery.Kernel;

namespace FoodDelivery.Adapters.Stores.Grpc;

/// <summary>Which part of a list is asked for, after AIP-158: a size, and a token from the page before.</summary>
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
        {
            return Rejection.Invalid("page_size", $"page_size must be a number from 0 to {Largest}; 0 means {Usual}.");
        }

        var page = new PageRequest(size == 0 ? Usual : size, null);
        if (token.Length == 0)
        {
            return page;
        }

        return long.TryParse(token, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var after) && after > 0
            ? page with { After = after }
            : Rejection.Invalid("page_token", "page_token must come from the page before.");
    }

    /// <summary>The token of the page after <paramref name="items"/>; empty unless one more than the page was found.</summary>
    public string Next<T>(IReadOnlyList<T> items, Func<T, long> number) =>
        items.Count > Size ? number(items[Size - 1]).ToString("x", CultureInfo.InvariantCulture) : "";
}
