using System.Globalization;

namespace FoodDelivery.Adapters.Customers.Notifications.Nhn;

/// <summary>The span in which a message is looked for: the longest that the provider allows, in its own time, which is Korea's.</summary>
internal static class NhnDates
{
    private static readonly TimeSpan Korea = TimeSpan.FromHours(9);

    public static string Query(DateTimeOffset now, string format)
    {
        var korean = now.ToOffset(Korea);
        return $"startRequestDate={Write(korean.AddDays(-29))}&endRequestDate={Write(korean.AddHours(1))}";

        string Write(DateTimeOffset time) => Uri.EscapeDataString(time.ToString(format, CultureInfo.InvariantCulture));
    }
}
