using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using FoodDelivery.Customers;

namespace FoodDelivery.Adapters.Customers.Persistence;

/// <summary>A dish inside a row. Names are part of the stored format.</summary>
internal sealed record StoredLine(string Item, int Quantity, long UnitPrice, long DishId)
{
    public static StoredLine Of(OrderLine line) => new(line.Item, line.Quantity, line.UnitPrice.Won, line.DishId);

    public OrderLine Line() => new(Item, Quantity, new Money(UnitPrice), DishId);
}

/// <summary>A change inside a row. Names are part of the stored format.</summary>
internal sealed record StoredChange(long Version, string Status, string Reason, long At)
{
    public static StoredChange Of(StatusChange change) =>
        new(change.Version, change.Status.Word(), change.Reason, change.At.ToUnixTimeMilliseconds());

    public StatusChange Change() => new(Version, StatusWords.Parse(Status), Reason, DateTimeOffset.FromUnixTimeMilliseconds(At));
}

/// <summary>A change on its way between processes. Names are part of the format.</summary>
internal sealed record ChangeMessage(long Order, StoredChange Change);

/// <summary>How rows are written: Korean stays readable for whoever looks into the table.</summary>
[JsonSerializable(typeof(IEnumerable<StoredLine>))]
[JsonSerializable(typeof(IEnumerable<StoredChange>))]
[JsonSerializable(typeof(ChangeMessage))]
internal sealed partial class StoredJson : JsonSerializerContext
{
    public static readonly StoredJson Readable = new(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
