using System.Text.Encodings.Web;
using System.Text.Json;
using FoodDelivery.Stores;

namespace FoodDelivery.Adapters.Stores.Persistence;

/// <summary>Lists in a column: JSON with camelCase names and Korean as it is. What is stored outlives this program: names in it never change.</summary>
internal static class JsonColumns
{
    private static readonly JsonSerializerOptions Options =
        new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(IReadOnlyList<TicketLine> lines) =>
        Serialize(lines.Select(static line => new StoredLine(line.Item, line.Quantity, line.Price.Won)));

    public static IReadOnlyList<TicketLine> ReadLines(string json) =>
        [.. Deserialize<StoredLine[]>(json).Select(static line => new TicketLine(line.Item, line.Quantity, new Money(line.Price)))];

    private sealed record StoredLine(string Item, int Quantity, long Price);

    public static string Write(IReadOnlyList<Dish> dishes) => Serialize(dishes.Select(static dish =>
        new StoredDish(dish.Id, [.. dish.Names.Select(static name => name.Text)], dish.Price.Won, dish.OpenPriced, dish.SoldOut, dish.MinPrice.Won)));

    public static IReadOnlyList<Dish> ReadDishes(string json) => [.. Deserialize<StoredDish[]>(json).Select(static dish =>
        new Dish(dish.Id, [.. dish.Names.Select(DishName.Of)], new Money(dish.Price), dish.OpenPriced, dish.SoldOut, new Money(dish.MinPrice)))];

    // What was stored before dishes had a least price has none.
    private sealed record StoredDish(long Id, string[] Names, long Price, bool OpenPriced, bool SoldOut, long MinPrice = 0);

    public static string Write(IReadOnlyList<OpeningPeriod> periods) =>
        Serialize(periods.Select(static period => new StoredPeriod((int)period.Day, period.From, period.To)));

    public static IReadOnlyList<OpeningPeriod> ReadPeriods(string json) =>
        [.. Deserialize<StoredPeriod[]>(json).Select(static period => new OpeningPeriod((DayOfWeek)period.Day, period.From, period.To))];

    // Sunday is 0.
    private sealed record StoredPeriod(int Day, TimeOnly From, TimeOnly To);

    public static string Write(IReadOnlyList<DateOnly> days) => Serialize(days);

    public static IReadOnlyList<DateOnly> ReadDays(string json) => Deserialize<DateOnly[]>(json);

    private static string Serialize<T>(T value) => JsonSerializer.Serialize(value, Options);

    private static T Deserialize<T>(string json) => JsonSerializer.Deserialize<T>(json, Options)!;
}
