using FoodDelivery.Stores;

namespace FoodDelivery.Adapters.Stores.Persistence;

/// <summary>A ticket's lines as the JSON text that the database keeps.</summary>
internal static class StoredLines
{
    public static string Write(IReadOnlyList<TicketLine> lines) =>
        StoredJson.Write(lines.Select(static line => new StoredLine(line.Item, line.Quantity, line.Price.Won)));

    public static IReadOnlyList<TicketLine> Read(string json) =>
        [.. StoredJson.Read<StoredLine[]>(json).Select(static line => new TicketLine(line.Item, line.Quantity, new Money(line.Price)))];

    private sealed record StoredLine(string Item, int Quantity, long Price);
}
