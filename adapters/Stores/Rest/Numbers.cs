using System.Globalization;

namespace FoodDelivery.Adapters.Stores.Rest;

/// <summary>Numbers in paths: what is no positive number is the number of nothing.</summary>
internal static class Numbers
{
    public static Result<long> Of(string what, string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : Error.NotFound(what, $"'{text}'");
}
