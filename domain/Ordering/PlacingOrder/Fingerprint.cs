using System.Security.Cryptography;
using System.Text;

namespace FoodDelivery.Ordering.PlacingOrder;

/// <summary>Tells two requests under one key apart, without keeping either.</summary>
internal static class Fingerprint
{
    public static string Of(PlaceOrder command)
    {
        var text = new StringBuilder();
        Append(command.Store?.ToString());
        Append(command.Customer);
        Append(command.Address);
        Append(command.MembershipNumber);
        foreach (var item in command.Items)
        {
            Append(item.Item);
            Append(item.Quantity.ToString());
            Append(item.Price?.ToString());
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));

        // Each length stands before its text, so that no text can pretend to be two.
        void Append(string? part) => text.Append(part?.Length ?? -1).Append(':').Append(part);
    }
}
