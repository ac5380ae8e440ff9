using FoodDelivery.Platform.Storage;
using FoodDelivery.Stores;

namespace FoodDelivery.Adapters.Stores.Persistence;

/// <summary>The statements that save a ticket under the version it was loaded with.</summary>
internal static class TicketBatch
{
    private const string Insert =
        """
        insert into tickets (order_id, store_id, lines, address, status, ended, version, reason, opened_at, changed_at,
            delivery_status, delivery_started_at, delivery_ended_at, position)
        values (@OrderId, @StoreId, @Lines, @Address, @Status, @Ended, @Version, @Reason, @OpenedAt, @ChangedAt,
            @DeliveryStatus, @DeliveryStartedAt, @DeliveryEndedAt,
            (select position from ticket_changes where order_id = @OrderId and version = @Version))
        on conflict (order_id) do nothing
        """;

    // A ticket that only declines a cancellation is written too, unchanged: the decision holds for the version it was made under.
    private const string Update =
        """
        update tickets set status = @Status, ended = @Ended, version = @Version, reason = @Reason, changed_at = @ChangedAt,
            delivery_status = @DeliveryStatus, delivery_started_at = @DeliveryStartedAt, delivery_ended_at = @DeliveryEndedAt
        where order_id = @OrderId and version = @LoadedVersion
        """;

    private const string AddChange =
        """
        insert into ticket_changes (order_id, store_id, version, status, reason, changed_at, delivery_status, delivery_started_at, delivery_ended_at)
        values (@OrderId, @StoreId, @Version, @Status, @Reason, @ChangedAt, @DeliveryStatus, @DeliveryStartedAt, @DeliveryEndedAt)
        on conflict (order_id, version) do nothing
        """;

    private const string Point =
        """
        update tickets set position = (select position from ticket_changes where order_id = @OrderId and version = @Version)
        where order_id = @OrderId
        """;

    private const string AddRequest =
        """
        insert into accepted_requests (caller, key, order_id, version) values (@Caller, @Key, @OrderId, @Version)
        on conflict (caller, key) do nothing
        """;

    public static Batch Save(this Batch batch, Ticket ticket)
    {
        if (ticket.LoadedVersion == 0)
        {
            // Its first change goes before it, so that it is written once, with its position.
            batch.AddChanges(ticket).Require(Insert, Inserted(ticket));
        }
        else
        {
            batch.Require(Update, Updated(ticket)).AddChanges(ticket);
            if (ticket.Version != ticket.LoadedVersion)
                batch.Add(Point, new { OrderId = ticket.Order.Value, ticket.Version });
        }

        return ticket.AcceptedUnder is { } request
            ? batch.Require(AddRequest, new { request.Caller, Key = request.Value, OrderId = ticket.Order.Value, ticket.Version })
            : batch;
    }

    private static Batch AddChanges(this Batch batch, Ticket ticket)
    {
        foreach (var change in ticket.Raised.OfType<TicketStatusChanged>())
            batch.Add(AddChange, Change(change));

        return batch;
    }

    private static object Inserted(Ticket ticket) => new
    {
        OrderId = ticket.Order.Value,
        StoreId = ticket.Slip.Store.Value,
        Lines = JsonColumns.Write(ticket.Slip.Lines),
        ticket.Slip.Address,
        Status = (int)ticket.Status,
        Ended = ticket.Status.IsFinal() ? 1 : 0,
        ticket.Version,
        ticket.Reason,
        OpenedAt = ticket.OpenedAt.ToUnixTimeMilliseconds(),
        ChangedAt = ticket.ChangedAt.ToUnixTimeMilliseconds(),
        DeliveryStatus = (int?)ticket.Delivery?.Status,
        DeliveryStartedAt = ticket.Delivery?.StartedAt?.ToUnixTimeMilliseconds(),
        DeliveryEndedAt = ticket.Delivery?.EndedAt?.ToUnixTimeMilliseconds(),
    };

    private static object Updated(Ticket ticket) => new
    {
        OrderId = ticket.Order.Value,
        ticket.LoadedVersion,
        Status = (int)ticket.Status,
        Ended = ticket.Status.IsFinal() ? 1 : 0,
        ticket.Version,
        ticket.Reason,
        ChangedAt = ticket.ChangedAt.ToUnixTimeMilliseconds(),
        DeliveryStatus = (int?)ticket.Delivery?.Status,
        DeliveryStartedAt = ticket.Delivery?.StartedAt?.ToUnixTimeMilliseconds(),
        DeliveryEndedAt = ticket.Delivery?.EndedAt?.ToUnixTimeMilliseconds(),
    };

    private static object Change(TicketStatusChanged change) => new
    {
        OrderId = change.Order.Value,
        StoreId = change.Store.Value,
        change.Version,
        Status = (int)change.Status,
        change.Reason,
        ChangedAt = change.At.ToUnixTimeMilliseconds(),
        DeliveryStatus = (int?)change.Delivery?.Status,
        DeliveryStartedAt = change.Delivery?.StartedAt?.ToUnixTimeMilliseconds(),
        DeliveryEndedAt = change.Delivery?.EndedAt?.ToUnixTimeMilliseconds(),
    };
}
