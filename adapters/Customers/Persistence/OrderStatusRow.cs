using System.Text.Json;
using FoodDelivery.Customers;

namespace FoodDelivery.Adapters.Customers.Persistence;

/// <summary>An order of the view as its table has it. All but the generation is null where an outer join found none.</summary>
internal sealed class OrderStatusRow
{
    public long Generation { get; set; }

    public long? OrderId { get; set; }

    public long StoreId { get; set; }

    public string CustomerId { get; set; } = "";

    public long Total { get; set; }

    public long PaymentId { get; set; }

    public string Lines { get; set; } = "[]";

    public string History { get; set; } = "[]";

    public long Revision { get; set; }

    public static OrderStatusRow Of(long generation, OrderStatusView view) => new()
    {
        Generation = generation,
        OrderId = view.OrderId.Value,
        StoreId = view.StoreId.Value,
        CustomerId = view.CustomerId,
        Total = view.Total.Won,
        PaymentId = view.PaymentId,
        Lines = JsonSerializer.Serialize(view.Lines.Select(StoredLine.Of), StoredJson.Readable.IEnumerableStoredLine),
        History = JsonSerializer.Serialize(view.History.Select(StoredChange.Of), StoredJson.Readable.IEnumerableStoredChange),
        Revision = view.History.Count,
    };

    public OrderStatusView? View() => OrderId is not { } order ? null : new OrderStatusView(
        new OrderId(order),
        new StoreId(StoreId),
        CustomerId,
        [.. JsonSerializer.Deserialize(Lines, StoredJson.Readable.IEnumerableStoredLine)!.Select(static line => line.Line())],
        new Money(Total),
        PaymentId,
        [.. JsonSerializer.Deserialize(History, StoredJson.Readable.IEnumerableStoredChange)!.Select(static change => change.Change())]);
}
