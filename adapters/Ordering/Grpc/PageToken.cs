using System.Buffers.Text;
using System.Text;
using FoodDelivery.Kernel;

namespace FoodDelivery.Adapters.Ordering.Grpc;

/// <summary>Where the next page begins, in a form that nobody is tempted to calculate with.</summary>
internal static class PageToken
{
    private const string Prefix = "before:";

    public static string After(OrderId last) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Prefix + last));

    public static bool TryRead(string token, out OrderId? before)
    {
        before = null;
        if (token.Length == 0)
        {
            return true;
        }

        if (!Base64Url.IsValid(token))
        {
            return false;
        }

        var text = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token));
        if (!text.StartsWith(Prefix, StringComparison.Ordinal) || !long.TryParse(text.AsSpan(Prefix.Length), out var id))
        {
            return false;
        }

        before = new OrderId(id);
        return true;
    }
}
