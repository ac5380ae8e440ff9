using Dapper;
using FoodDelivery.Adapters.Ordering.Messaging;
using FoodDelivery.Ordering;
using FoodDelivery.Ordering.Ports;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Storage;

namespace FoodDelivery.Adapters.Ordering.Persistence;

/// <summary>Orders and attempts whose customers are forgotten, in the service's own database.</summary>
internal sealed class SqlErasures(IDatabase database, Outbox outbox, MessageErasure messages) : IErasures
{
    // The fingerprint is made of the address. Without it a repeated request is refused, and places no second order.
    private const string EraseAttempt =
        """
        update attempts
        set address = @Address, membership_number = @MembershipNumber, reason = @Reason, fingerprint = '', erased_at = @At
        where id = @Id and state <> 'Open'
        """;

    public async Task<IReadOnlyList<ErasableOrder>> Of(string customer, CancellationToken cancellation)
    {
        var rows = await database.Read(
            connection => connection.QueryAsync<(long Id, long? ErasedAt)>(new CommandDefinition(
                """
                select id, erased_at from orders where customer_id = @Customer
                union all
                select id, erased_at from attempts where customer_id = @Customer and not exists (select 1 from orders where orders.id = attempts.id)
                order by id
                """,
                new { Customer = customer },
                cancellationToken: cancellation)),
            cancellation);
        return [.. rows.Select(static row => new ErasableOrder(new OrderId(row.Id), row.ErasedAt is not null))];
    }

    public async Task Erase(Order order, MessageContext cause, CancellationToken cancellation)
    {
        var row = OrderRow.Of(order);
        var at = order.Raised.OfType<OrderErased>().Single().At.ToUnixTimeMilliseconds();
        var batch = new Batch().Erasing()
            .Require(
                """
                update orders set address = @Address, membership_number = @MembershipNumber, reason = @Reason, version = @Version, erased_at = @At
                where id = @Id and version = @LoadedVersion
                """,
                new { row.Id, row.Address, row.MembershipNumber, row.Reason, row.Version, row.LoadedVersion, At = at })
            .Add(EraseAttempt, new { row.Id, row.Address, row.MembershipNumber, row.Reason, At = at });
        outbox.Enqueue(batch, cause, order.ToPublished());
        (await database.Write(batch, cancellation)).ThrowIfStale($"order {order.Id}");
    }

    public async Task Erase(OrderAttempt attempt, MessageContext cause, CancellationToken cancellation)
    {
        var left = attempt.Request.Details.Erased();
        var at = attempt.Raised.OfType<OrderErased>().Single().At.ToUnixTimeMilliseconds();
        var batch = new Batch().Erasing().Require(
            EraseAttempt,
            new { Id = attempt.Id.Value, left.Address, left.MembershipNumber, Reason = ErasedText.Of(attempt.Reason), At = at });
        outbox.Enqueue(batch, cause, attempt.ToPublished());
        (await database.Write(batch, cancellation)).ThrowIfStale($"attempt {attempt.Id}");
    }

    public async Task Complete(CustomerErased erased, MessageContext cause, CancellationToken cancellation)
    {
        await messages.Erase([.. erased.Orders.Select(static order => order.ToString())], cancellation);
        var batch = new Batch();
        outbox.Enqueue(batch, cause, [erased.ToPublished()]);
        await database.Write(batch, cancellation);
    }
}
