using System.Buffers.Text;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using FoodDelivery.Kernel;
using FoodDelivery.Payments;

namespace FoodDelivery.Adapters.Payments.Grpc;

/// <summary>Which part of the history is asked for, after AIP-158: a size, and a token that the caller does not look into.</summary>
/// <param name="Size">1 to 1000.</param>
/// <param name="Before">The last payment of the page before; null for the first page.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PageRequest(int Size, PaymentId? Before)
{
    private const int Usual = 20;
    private const int Largest = 1000;
    private const int LongestToken = 28;

    public static Outcome<PageRequest> Of(int size, string token)
    {
        if (size is < 0 or > Largest)
            return Rejection.Invalid("page_size", $"page_size must be 0 to {Largest}; 0 means {Usual}.");

        PaymentId? before = null;
        if (token.Length > 0)
        {
            before = Parse(token);
            if (before is null)
                return Rejection.Invalid("page_token", "page_token must come from the page before.");
        }

        return new PageRequest(size == 0 ? Usual : size, before);
    }

    /// <summary>The next page's token; empty unless one payment more than the page was found.</summary>
    public string Next(IReadOnlyList<Payment> found) => found.Count > Size
        ? Base64Url.EncodeToString(Encoding.ASCII.GetBytes(found[Size - 1].Id.ToString()))
        : "";

    private static PaymentId? Parse(string token)
    {
        Span<byte> digits = stackalloc byte[LongestToken];
        return token.Length <= LongestToken
            && Base64Url.IsValid(token)
            && Base64Url.TryDecodeFromChars(token, digits, out var length)
            && long.TryParse(digits[..length], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? new PaymentId(number)
                : null;
    }
}
