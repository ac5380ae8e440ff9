using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Http;

namespace FoodDelivery.Platform.Hosting.Rest;

/// <summary>Which part of a collection is asked for, and in which order.</summary>
/// <param name="Number">The page's number; the first is 0.</param>
/// <param name="Size">How many items a page has: 1 to 1000.</param>
/// <param name="ByOrder">The direction of the orders' numbers that was asked for; null: the collection's usual order.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Paging(int Number, int Size, SortDirection? ByOrder = null)
{
    /// <summary>The page that is meant when nothing is said.</summary>
    public static readonly Paging First = new(0, 20);

    private const int LargestSize = 1000;
    private const int LargestNumber = 1_000_000;
    private const string Ascending = "orderId,asc";
    private const string Descending = "orderId,desc";

    /// <summary>How many items come before the page.</summary>
    public long Offset => (long)Number * Size;

    /// <summary>The direction of a collection that is sorted by its orders' numbers anyway: newest first unless asked for otherwise.</summary>
    public SortDirection Direction => ByOrder ?? SortDirection.Descending;

    /// <summary>Reads <c>?page=&amp;size=&amp;sort=</c>; refuses what is no number or out of range, and what cannot be sorted by, naming the parameter.</summary>
    /// <param name="request">The request.</param>
    /// <param name="sortsByOrder">Whether the collection can be sorted by its orders' numbers: <c>sort=orderId,asc</c> and <c>orderId,desc</c>.</param>
    public static Result<Paging> From(HttpRequest request, bool sortsByOrder = false)
    {
        ArgumentNullException.ThrowIfNull(request);
        SortDirection? byOrder = null;
        if (request.Query["sort"] is not ([] or [null or ""]) and var sort)
        {
            byOrder = sortsByOrder && sort is [{ } one] ? DirectionOf(one) : null;
            if (byOrder is null)
                return Error.Invalid("sort", sortsByOrder ? $"sort must be {Ascending} or {Descending}." : "sort cannot be chosen here.");
        }

        if (!QueryInteger.TryRead(request, "page", First.Number, 0, LargestNumber, out var number, out var rejection)
            || !QueryInteger.TryRead(request, "size", First.Size, 1, LargestSize, out var size, out rejection))
        {
            return rejection;
        }

        return new Paging((int)number, (int)size, byOrder);
    }

    /// <summary>What the query says to get another page of the same.</summary>
    internal string QueryOf(int page) =>
        $"page={page}&size={Size}" + ByOrder switch { SortDirection.Ascending => $"&sort={Ascending}", SortDirection.Descending => $"&sort={Descending}", _ => "" };

    private static SortDirection? DirectionOf(string sort)
    {
        if (string.Equals(sort, Ascending, StringComparison.OrdinalIgnoreCase))
            return SortDirection.Ascending;

        return string.Equals(sort, Descending, StringComparison.OrdinalIgnoreCase) ? SortDirection.Descending : null;
    }
}

/// <summary>A whole number in the query string.</summary>
public static class QueryInteger
{
    /// <summary>Reads the parameter; <paramref name="otherwise"/> if it is absent or empty, a refusal naming it if it is anything but a number in range.</summary>
    public static bool TryRead(
        HttpRequest request, string name, long otherwise, long least, long most, out long value, [NotNullWhen(false)] out Error? rejection)
    {
        ArgumentNullException.ThrowIfNull(request);
        (value, rejection) = (otherwise, null);
        var text = request.Query[name];
        if (text.Count == 0 || (text.Count == 1 && string.IsNullOrEmpty(text[0])))
            return true;

        if (text.Count == 1
            && long.TryParse(text[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)
            && value >= least
            && value <= most)
        {
            return true;
        }

        rejection = Error.Invalid(name, $"{name} must be a whole number from {least} to {most}.");
        return false;
    }
}

/// <summary>How many elements a collection has. Counting a large one is not worth a scan, so a count may stop somewhere, and then says so.</summary>
/// <param name="Elements">The number counted.</param>
/// <param name="Capped">Whether counting stopped there: there are at least that many.</param>
public readonly record struct Total(long Elements, bool Capped = false)
{
    /// <summary>Where counting should stop: count <c>(select 1 from … limit Cap + 1)</c>.</summary>
    public const int Cap = 10_000;

    /// <summary>Makes a total of a count that was limited to <see cref="Cap"/> + 1.</summary>
    public static Total OfLimited(long counted) => counted > Cap ? new Total(Cap, Capped: true) : new Total(counted);
}

/// <summary>What a caller sends along with a command so that repeating it is safe; it is the caller's own, see <see cref="Caller"/>.</summary>
/// <param name="Value">1 to 255 characters, or null where none was sent.</param>
public readonly record struct IdempotencyKey(string? Value)
{
    private const string Header = "Idempotency-Key";
    private const int Longest = 255;

    /// <summary>Reads the header; refuses an empty one, one that is too long and more than one.</summary>
    public static Result<IdempotencyKey> From(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var values = request.Headers[Header];
        if (values.Count == 0)
            return new IdempotencyKey(null);

        var key = values.Count == 1 ? values[0]?.Trim() : null;
        return key is { Length: > 0 and <= Longest } && UnicodeText.Validate(key) is null
            ? new IdempotencyKey(UnicodeText.Compose(key))
            : Error.Invalid(Header, $"{Header} must be sent once and have 1 to {Longest} characters, none of them a control character.");
    }
}

/// <summary>Who is asking; idempotency keys are bound to it.</summary>
public static class Caller
{
    /// <summary>The name under which callers without a token are known.</summary>
    public const string Anonymous = "anonymous";

    /// <summary>The subject of the caller's token, or <see cref="Anonymous"/>.</summary>
    public static string Of(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.User.FindFirst("sub")?.Value ?? Anonymous;
    }
}
