using System.Text.Encodings.Web;
using System.Text.Json;
using FoodDelivery.Ordering;

namespace FoodDelivery.Adapters.Ordering.Persistence;

/// <summary>An order's lines as one text, since they are never asked for one by one.</summary>
internal static class StoredLines
{
    private static readonly JsonSerializerOptions Options =
        new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(IEnumerable<OrderLine> lines) => JsonSerializer.Serialize(
        lines.Select(static line => new StoredLine(line.Item, line.Quantity, line.UnitPrice.Won, line.DishId)), Options);

    public static IReadOnlyList<OrderLine> Read(string text) =>
        [.. JsonSerializer.Deserialize<StoredLine[]>(text, Options)!
            .Select(static line => new OrderLine(line.Item, line.Qty, new Money(line.Price), line.Dish))];

    private sealed record StoredLine(string Item, int Qty, long Price, long Dish);
}
