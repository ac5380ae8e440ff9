using FoodDelivery.Stores;
using FoodDelivery.Stores.Ports;

namespace FoodDelivery.Adapters.Stores.Persistence;

/// <summary>A ticket as it is, or as it was after one change.</summary>
internal sealed class TicketRow
{
    /// <summary>The columns of a ticket as it is.</summary>
    public const string Now =
        """
        order_id as OrderId, store_id as StoreId, lines as Lines, address as Address, opened_at as OpenedAt, status as Status, version as Version, reason as Reason,
        changed_at as ChangedAt, delivery_status as DeliveryStatus, delivery_started_at as DeliveryStartedAt, delivery_ended_at as DeliveryEndedAt,
        position as Position
        """;

    /// <summary>The columns of a ticket <c>t</c> as it was after its change <c>c</c>.</summary>
    public const string AsOfChange =
        """
        t.order_id as OrderId, t.store_id as StoreId, t.lines as Lines, t.address as Address, t.opened_at as OpenedAt, c.status as Status, c.version as Version,
        c.reason as Reason, c.changed_at as ChangedAt, c.delivery_status as DeliveryStatus, c.delivery_started_at as DeliveryStartedAt,
        c.delivery_ended_at as DeliveryEndedAt, c.position as Position
        """;

    public long OrderId { get; init; }

    public long StoreId { get; init; }

    public string Lines { get; init; } = "";

    public string Address { get; init; } = "";

    public long OpenedAt { get; init; }

    public int Status { get; init; }

    public long Version { get; init; }

    public string Reason { get; init; } = "";

    public long ChangedAt { get; init; }

    public int? DeliveryStatus { get; init; }

    public long? DeliveryStartedAt { get; init; }

    public long? DeliveryEndedAt { get; init; }

    public long Position { get; init; }

    public Ticket Ticket() => FoodDelivery.Stores.Ticket.Restore(
        new OrderSlip(new OrderId(OrderId), new StoreId(StoreId), JsonColumns.ReadLines(Lines), Address),
        (TicketStatus)Status,
        Version,
        Reason,
        Time(OpenedAt),
        Time(ChangedAt),
        DeliveryStatus is { } status ? new Delivery((DeliveryStatus)status, Time(DeliveryStartedAt), Time(DeliveryEndedAt)) : null);

    public TicketChange Change() => new(Position, Ticket());

    private static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private static DateTimeOffset? Time(long? milliseconds) => milliseconds is { } known ? Time(known) : null;
}
