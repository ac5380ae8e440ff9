using Dapper;
using FoodDelivery.Payments;
using FoodDelivery.Payments.Ports;
using FoodDelivery.Platform.Storage;

namespace FoodDelivery.Adapters.Payments.Persistence;

/// <summary>The history, along the table's primary key or a payer's part of it.</summary>
internal sealed class SqlPaymentHistory(IDatabase database) : IPaymentHistory
{
    public async Task<IReadOnlyList<Payment>> List(OrderId? order, string? payer, PaymentId? before, long skip, int limit, CancellationToken cancellation)
    {
        var query = new CommandDefinition(
            $"select {PaymentRow.Columns} from payments where {Filter(order, payer)} and id < @Before order by id desc limit @Limit offset @Skip",
            new { Order = order?.Value, Payer = payer, Before = before?.Value ?? long.MaxValue, Skip = skip, Limit = limit },
            cancellationToken: cancellation);
        var rows = await database.Read(connection => connection.QueryAsync<PaymentRow>(query), cancellation);
        return [.. rows.Select(static row => row.ToPayment())];
    }

    public Task<long> Count(OrderId? order, string? payer, int limit, CancellationToken cancellation)
    {
        var query = new CommandDefinition(
            $"select count(*) from (select 1 from payments where {Filter(order, payer)} limit @Limit) as counted",
            new { Order = order?.Value, Payer = payer, Limit = limit },
            cancellationToken: cancellation);
        return database.Read(connection => connection.ExecuteScalarAsync<long>(query), cancellation);
    }

    // A parameter that may be null would keep the database from using the index.
    private static string Filter(OrderId? order, string? payer) =>
        (order is null ? "1 = 1" : "order_id = @Order") + (payer is null ? "" : " and payer = @Payer");
}
