using System.Text;

namespace FoodDelivery.Ordering;

/// <summary>What people may write into an order: any script, emoji included, but nothing that breaks a screen, a log or an encoding.</summary>
internal static class FreeText
{
    public const int MaxLength = 500;

    /// <summary>What is wrong with the text, or null.</summary>
    public static Error? Validate(string field, string text)
    {
        if (text.Length > MaxLength)
            return Error.Invalid(field, $"{field} has {text.Length} characters; at most {MaxLength} are allowed.");

        for (var at = 0; at < text.Length; at++)
        {
            if (char.IsControl(text[at]))
                return Error.Invalid(field, $"{field} has a control character at position {at}.");

            if (char.IsSurrogate(text[at]) && !Rune.TryGetRuneAt(text, at++, out _))
                return Error.Invalid(field, $"{field} is not valid Unicode at position {at - 1}.");
        }

        return null;
    }
}
