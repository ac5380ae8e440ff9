using System.Text.Json;
using FoodDelivery.Marketing;

namespace FoodDelivery.Adapters.Marketing.Persistence;

/// <summary>What the tables have on one order and its customer, in one generation; null where an outer join found nothing.</summary>
internal sealed class SheetRow
{
    public long Generation { get; set; }

    public long? Landmark { get; set; }

    public long? HalfLife { get; set; }

    public int? State { get; set; }

    public long OrderId { get; set; }

    public long? StoreId { get; set; }

    public string? CustomerId { get; set; }

    public string? Dishes { get; set; }

    public long? PlacedAt { get; set; }

    public string? Taste { get; set; }

    public long? Revision { get; set; }

    public static Decay? Decay(long? landmark, long? halfLife) => landmark is { } at && halfLife is { } milliseconds
        ? new Decay(DateTimeOffset.FromUnixTimeMilliseconds(at), TimeSpan.FromMilliseconds(milliseconds))
        : null;

    public static string Write(IEnumerable<DishId> dishes) =>
        JsonSerializer.Serialize(dishes.Select(static dish => dish.Number), StoredJson.Readable.IEnumerableInt64);

    public TallySheet Sheet() => new(
        Generation, Decay(Landmark, HalfLife)!, Order(), (TallyState)(State ?? 0), StoredTaste.Read(Taste, Revision ?? 0));

    private PlacedOrder? Order()
    {
        if (StoreId is not { } number)
            return null;
        var store = new StoreId(number);
        return new PlacedOrder(
            new OrderId(OrderId),
            store,
            CustomerId!,
            [.. JsonSerializer.Deserialize(Dishes!, StoredJson.Readable.IEnumerableInt64)!.Select(dish => new DishId(store, dish))],
            DateTimeOffset.FromUnixTimeMilliseconds(PlacedAt!.Value));
    }
}
