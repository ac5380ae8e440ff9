using System.Globalization;

namespace FoodDelivery.Platform.Hosting.Rest.Bodies;

/// <summary>Reads a whole number as people and programs write it: 1, "1", 1.0, 1e3; but not 1.5, "one" or what 64 bits cannot hold.</summary>
internal static class WholeNumber
{
    public static long? Parse(string? text, out string why)
    {
        why = "must be a whole number.";
        if (long.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var whole))
            return whole;

        // Beyond 28 digits, and below zero in the exponent, a decimal would round a fraction away.
        const NumberStyles scientific = NumberStyles.Float;
        if (text is { Length: <= 28 } && !text.Contains("e-", StringComparison.OrdinalIgnoreCase) && decimal.TryParse(text, scientific, CultureInfo.InvariantCulture, out var number))
        {
            if (number is < long.MinValue or > long.MaxValue)
            {
                why = "is too large a number.";
                return null;
            }

            return decimal.IsInteger(number) ? (long)number : null;
        }

        if (double.TryParse(text, scientific, CultureInfo.InvariantCulture, out var huge) && Math.Abs(huge) > long.MaxValue)
            why = "is too large a number.";

        return null;
    }
}
