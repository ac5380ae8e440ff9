using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using FoodDelivery.Marketing;

namespace FoodDelivery.Adapters.Marketing.Persistence;

/// <summary>A taste inside a row. Names are part of the stored format, as are those of its parts.</summary>
internal sealed record StoredTaste(IReadOnlyList<StoredFavourite> Dishes, IReadOnlyList<StoredOrder> Orders)
{
    public static string Write(Taste taste) => JsonSerializer.Serialize(
        new StoredTaste(
            [.. taste.Favourites.Select(static dish => new StoredFavourite(dish.Dish.Store.Value, dish.Dish.Number, dish.Weight, dish.Times))],
            [.. taste.Recent.Select(StoredOrder.Of)]),
        StoredJson.Readable.StoredTaste);

    public static Taste Read(string? json, long revision)
    {
        if (json is null)
            return Taste.Unknown;
        var stored = JsonSerializer.Deserialize(json, StoredJson.Readable.StoredTaste)!;
        return new Taste(
            [.. stored.Dishes.Select(static dish => new Favourite(new DishId(new StoreId(dish.Store), dish.Dish), dish.Weight, dish.Times))],
            [.. stored.Orders.Select(static order => order.Order())],
            revision);
    }
}

/// <summary>A dish of a taste.</summary>
internal sealed record StoredFavourite(long Store, long Dish, double Weight, int Times);

/// <summary>A recent order of a taste; all its dishes are its store's.</summary>
internal sealed record StoredOrder(long Id, long At, long Store, IReadOnlyList<long> Dishes, IReadOnlyList<long> Partners)
{
    public static StoredOrder Of(RecentOrder order) => new(
        order.Id.Value,
        order.PlacedAt.ToUnixTimeMilliseconds(),
        order.Dishes.Count == 0 ? 0 : order.Dishes[0].Store.Value,
        [.. order.Dishes.Select(static dish => dish.Number)],
        [.. order.Partners.Select(static partner => partner.Value)]);

    public RecentOrder Order() => new(
        new OrderId(Id),
        DateTimeOffset.FromUnixTimeMilliseconds(At),
        [.. Dishes.Select(dish => new DishId(new StoreId(Store), dish))],
        [.. Partners.Select(static partner => new OrderId(partner))]);
}

/// <summary>How rows are written: Korean stays readable for whoever looks into the table.</summary>
[JsonSerializable(typeof(StoredTaste))]
[JsonSerializable(typeof(IEnumerable<long>))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class StoredJson : JsonSerializerContext
{
    public static readonly StoredJson Readable = new(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
