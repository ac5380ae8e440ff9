using Dapper;
using FoodDelivery.Customers;
using FoodDelivery.Customers.Ports;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Storage;

namespace FoodDelivery.Adapters.Customers.Persistence;

/// <summary>The points in a relational database: each change a row, and each member's sum beside them.</summary>
internal sealed class SqlPoints(IDatabase database) : IPoints
{
    public async Task<OrderPoints> Of(OrderId order, CancellationToken cancellation)
    {
        const string newest = "select * from points_changes where order_id = @OrderId order by version desc limit 1";
        var rows = await database.Query<PointsRow>(newest, new { OrderId = order.Value }, cancellation);
        return OrderPoints.Load(order, rows.SingleOrDefault()?.Change());
    }

    public async Task Save(OrderPoints points, MessageContext context, CancellationToken cancellation)
    {
        const string insert =
            """
            insert into points_changes (order_id, version, membership_number, kind, points, at)
            values (@OrderId, @Version, @MembershipNumber, @Kind, @Points, @At)
            on conflict (order_id, version) do nothing
            """;
        const string sum =
            """
            insert into points_accounts (membership_number, points) values (@MembershipNumber, @Points)
            on conflict (membership_number) do update set points = points_accounts.points + excluded.points
            """;
        var batch = new Batch().Once(context);
        foreach (var change in points.Raised.OfType<PointsChange>())
            batch.Require(insert, PointsRow.Of(change)).Add(sum, PointsRow.Of(change));
        (await database.Write(batch, cancellation)).ThrowIfStale("The order's points");
    }

    public Task<PointsAccount> Account(MembershipNumber member, long page, int size, CancellationToken cancellation)
    {
        const string account = "select points from points_accounts where membership_number = @Digits";
        const string history = "from points_changes where membership_number = @Digits and points <> 0";
        const string items = $"select * {history} order by at desc, order_id desc, version desc limit @Size offset @Offset";
        const string count = $"select count(*) from (select 1 {history} limit @Most) counted";
        var parameters = new { member.Digits, Size = size, Offset = page * size, Most = Listed.MaxCounted + 1 };
        return database.Read(
            async connection =>
            {
                var points = await connection.QuerySingleOrDefaultAsync<long>(new CommandDefinition(account, parameters, cancellationToken: cancellation));
                var rows = await connection.QueryAsync<PointsRow>(new CommandDefinition(items, parameters, cancellationToken: cancellation));
                var counted = await connection.QuerySingleAsync<long>(new CommandDefinition(count, parameters, cancellationToken: cancellation));
                return new PointsAccount(member, points, Listed.Of([.. rows.Select(static row => row.Change())], counted));
            },
            cancellation);
    }
}

/// <summary>A change of points as its table has it.</summary>
internal sealed class PointsRow
{
    public long OrderId { get; set; }

    public long Version { get; set; }

    public string MembershipNumber { get; set; } = "";

    public int Kind { get; set; }

    public long Points { get; set; }

    public long At { get; set; }

    public static PointsRow Of(PointsChange change) => new()
    {
        OrderId = change.Order.Value,
        Version = change.Version,
        MembershipNumber = change.Member.Digits,
        Kind = (int)change.Kind,
        Points = change.Points,
        At = change.At.ToUnixTimeMilliseconds(),
    };

    public PointsChange Change()
    {
        _ = FoodDelivery.Customers.MembershipNumber.TryParse(MembershipNumber, out var member);
        return new(new OrderId(OrderId), Version, member, (PointsChangeKind)Kind, Points, DateTimeOffset.FromUnixTimeMilliseconds(At));
    }
}
