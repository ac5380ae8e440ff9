using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Http;

namespace FoodDelivery.Platform.Hosting.Rest;

/// <summary>Which part of a collection is asked for.</summary>
/// <param name="Number">The page's number; the first is 0.</param>
/// <param name="Size">How many items a page has: 1 to 1000.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Paging(int Number, int Size)
{
    /// <summary>The page that is meant when nothing is said.</summary>
    public static readonly Paging First = new(0, 20);

    private const int LargestSize = 1000;
    private const int LargestNumber = 1_000_000;

    /// <summary>How many items come before the page.</summary>
    public long Offset => (long)Number * Size;

    /// <summary>Reads <c>?page=&amp;size=</c>; refuses what is no number or out of range, naming the parameter.</summary>
    public static Result<Paging> From(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!QueryInteger.TryRead(request, "page", First.Number, 0, LargestNumber, out var number, out var rejection)
            || !QueryInteger.TryRead(request, "size", First.Size, 1, LargestSize, out var size, out rejection))
        {
            return rejection;
        }

        return new Paging((int)number, (int)size);
    }
}
