using System.Globalization;
using System.Text.Json;
using FoodDelivery.Adapters.Customers.Persistence;
using FoodDelivery.Customers;
using StackExchange.Redis;

namespace FoodDelivery.Adapters.Customers.Redis;

/// <summary>An order of the view as the fields of a hash. The names of the fields are part of the stored format.</summary>
internal static class StoredOrder
{
    private const string Change = "change:";

    /// <summary>An order's number in a key and in an index: numbers that are greater come later by their letters too.</summary>
    public static string Member(OrderId order) => order.Value.ToString("D19", CultureInfo.InvariantCulture);

    /// <summary>What <see cref="ViewScripts.Apply"/> takes.</summary>
    public static RedisValue[] Arguments(OrderStatusChanged changed) =>
    [
        Member(changed.OrderId),
        changed.Change.Version,
        JsonSerializer.Serialize(StoredChange.Of(changed.Change), StoredJson.Readable.StoredChange),
        changed.CustomerId,
        "store", changed.StoreId.Value,
        "total", changed.Total.Won,
        "payment", changed.PaymentId,
        "lines", JsonSerializer.Serialize(changed.Lines.Select(StoredLine.Of), StoredJson.Readable.IEnumerableStoredLine),
        "order", changed.OrderId.Value,
    ];

    /// <summary>The order that a hash's names and values describe; null for one that is empty or not finished.</summary>
    public static OrderStatusView? View(RedisResult hash)
    {
        var flat = (RedisResult[]?)hash ?? [];
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var at = 0; at + 1 < flat.Length; at += 2)
            fields[(string?)flat[at] ?? ""] = (string?)flat[at + 1] ?? "";

        // The version is written last.
        return !fields.ContainsKey("version") ? null : new OrderStatusView(
            new OrderId(Number(fields["order"])),
            new StoreId(Number(fields["store"])),
            fields["customer"],
            [.. JsonSerializer.Deserialize(fields["lines"], StoredJson.Readable.IEnumerableStoredLine)!.Select(static line => line.Line())],
            new Money(Number(fields["total"])),
            Number(fields["payment"]),
            [
                .. fields.Where(static field => field.Key.StartsWith(Change, StringComparison.Ordinal))
                    .Select(static field => JsonSerializer.Deserialize(field.Value, StoredJson.Readable.StoredChange)!.Change())
                    .OrderBy(static change => change.Version),
            ]);
    }

    private static long Number(string digits) => long.Parse(digits, CultureInfo.InvariantCulture);
}
