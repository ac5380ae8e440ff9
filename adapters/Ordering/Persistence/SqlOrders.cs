using Dapper;
using FoodDelivery.Adapters.Ordering.Messaging;
using FoodDelivery.Ordering;
using FoodDelivery.Ordering.Ports;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Storage;

namespace FoodDelivery.Adapters.Ordering.Persistence;

/// <summary>Orders in the service's own database.</summary>
internal sealed class SqlOrders(IDatabase database, Outbox outbox) : IOrders
{
    public async Task<Order?> Find(OrderId id, CancellationToken cancellation) =>
        (await database.Query<OrderRow>($"select {OrderRow.Columns} from orders where id = @Id", new { Id = id.Value }, cancellation)).SingleOrDefault()?.ToOrder();

    public Task<IReadOnlyList<Order>> List(OrderSelection selection, CancellationToken cancellation) => database.Read<IReadOnlyList<Order>>(
        async connection =>
        {
            var rows = await connection.QueryAsync<OrderRow>(new CommandDefinition(
                $"""
                select {OrderRow.Columns} from orders
                where {OfCustomer(selection.Customer)} and {(selection.Before is null ? "true" : "id < @Before")}
                order by id desc limit @Take offset @Skip
                """,
                new { selection.Customer, Before = selection.Before?.Value, selection.Take, selection.Skip },
                cancellationToken: cancellation));
            return [.. rows.Select(static row => row.ToOrder())];
        },
        cancellation);

    public Task<int> Count(string? customer, int limit, CancellationToken cancellation) => database.Read(
        connection => connection.ExecuteScalarAsync<int>(new CommandDefinition(
            $"select count(*) from (select 1 from orders where {OfCustomer(customer)} limit @Limit) as counted",
            new { Customer = customer, Limit = limit },
            cancellationToken: cancellation)),
        cancellation);

    public async Task Save(Order order, MessageContext cause, CancellationToken cancellation)
    {
        if (order.Version == order.LoadedVersion)
            return;

        var batch = new Batch().Once(cause).Require(
            """
            update orders
            set progress = @Progress, cancellation = @Cancellation, reason = @Reason, status_version = @StatusVersion, version = @Version
            where id = @Id and version = @LoadedVersion
            """,
            OrderRow.Of(order));
        outbox.Enqueue(batch, cause, OrderingEvents.From(order));
        (await database.Write(batch, cancellation)).ThrowIfStale($"order {order.Id}");
    }

    private static string OfCustomer(string? customer) => customer is null ? "true" : "customer_id = @Customer";
}
