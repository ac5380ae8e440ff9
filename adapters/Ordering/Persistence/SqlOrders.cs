using System.Text.Encodings.Web;
using System.Text.Json;
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
    // An order that a replica of the version before has moved on has a ticket, although that replica does not note it.
    private const string NoTicket = "store_told_at is not null and progress = 'Paid' and cancellation in ('None', 'Requested')";

    public async Task<Order?> Find(OrderId id, CancellationToken cancellation) =>
        (await database.Query<OrderRow>($"select {OrderRow.Columns} from orders where id = @Id", new { Id = id.Value }, cancellation)).SingleOrDefault()?.ToOrder();

    public Task<IReadOnlyList<Order>> List(OrderSelection selection, CancellationToken cancellation) => database.Read<IReadOnlyList<Order>>(
        async connection =>
        {
            var rows = await connection.QueryAsync<OrderRow>(new CommandDefinition(
                $"""
                select {OrderRow.Columns} from orders
                where {OfCustomer(selection.Customer)} and {(selection.Before is null ? "true" : "id < @Before")}
                order by id {selection.Direction.ToSql()} limit @Take offset @Skip
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

    public Task<IReadOnlyList<Order>> WithoutTicket(
        DateTimeOffset now, TimeSpan patience, int reminders, DateTimeOffset giveBackBefore, int limit, CancellationToken cancellation) =>
        database.Read<IReadOnlyList<Order>>(
            async connection =>
            {
                var rows = await connection.QueryAsync<OrderRow>(new CommandDefinition(
                    $"""
                    select {OrderRow.Columns} from orders
                    where {NoTicket}
                        and ((reminders < @Reminders and store_told_at < @Now - @Patience * (1 << reminders)) or placed_at < @GiveBackBefore)
                    order by store_told_at limit @Limit
                    """,
                    new
                    {
                        Reminders = reminders,
                        Now = now.ToUnixTimeMilliseconds(),
                        Patience = (long)patience.TotalMilliseconds,
                        GiveBackBefore = giveBackBefore.ToUnixTimeMilliseconds(),
                        Limit = limit,
                    },
                    cancellationToken: cancellation));
                return [.. rows.Select(static row => row.ToOrder())];
            },
            cancellation);

    public Task<int> CountWithoutTicket(DateTimeOffset before, int limit, CancellationToken cancellation) => database.Read(
        connection => connection.ExecuteScalarAsync<int>(new CommandDefinition(
            $"select count(*) from (select 1 from orders where {NoTicket} and placed_at < @Before limit @Limit) as counted",
            new { Before = before.ToUnixTimeMilliseconds(), Limit = limit },
            cancellationToken: cancellation)),
        cancellation);

    public async Task Save(Order order, MessageContext cause, CancellationToken cancellation)
    {
        if (order.Version == order.LoadedVersion)
            return;

        var batch = new Batch().Once(cause).Require(
            """
            update orders
            set progress = @Progress, cancellation = @Cancellation, reason = @Reason, status_version = @StatusVersion, version = @Version,
                store_told_at = @StoreToldAt, reminders = @Reminders
            where id = @Id and version = @LoadedVersion
            """,
            OrderRow.Of(order));
        outbox.Enqueue(batch, cause, order.ToPublished());
        (await database.Write(batch, cancellation)).ThrowIfStale($"order {order.Id}");
    }

    private static string OfCustomer(string? customer) => customer is null ? "true" : "customer_id = @Customer";
}

/// <summary>A row of the table orders.</summary>
internal sealed class OrderRow
{
    public const string Columns =
        """
        id, store_id, customer_id, lines, address, membership_number, payment_id, placed_at, progress, cancellation, reason, status_version, version, store_told_at, reminders, delivery_fee,
        discount
        """;

    public long Id { get; init; }

    public long StoreId { get; init; }

    public string CustomerId { get; init; } = "";

    public string Lines { get; init; } = "";

    public string Address { get; init; } = "";

    public string MembershipNumber { get; init; } = "";

    public long PaymentId { get; init; }

    public long PlacedAt { get; init; }

    public string Progress { get; init; } = "";

    public string Cancellation { get; init; } = "";

    public string Reason { get; init; } = "";

    public long StatusVersion { get; init; }

    public long Version { get; init; }

    public long? StoreToldAt { get; init; }

    public int Reminders { get; init; }

    public long DeliveryFee { get; init; }

    public long Discount { get; init; }

    /// <summary>The version that the row must still have; no column.</summary>
    public long LoadedVersion { get; init; }

    public static OrderRow Of(Order order)
    {
        var (id, details, paymentId, placedAt, progress, cancellation, reason, statusVersion, version, storeToldAt, reminders) = order.Snapshot;
        return new OrderRow
        {
            Id = id.Value,
            StoreId = details.Store.Value,
            CustomerId = details.Customer,
            Lines = StoredLines.Write(details.Lines),
            Address = details.Address,
            MembershipNumber = details.MembershipNumber,
            PaymentId = paymentId,
            PlacedAt = placedAt.ToUnixTimeMilliseconds(),
            Progress = progress.ToString(),
            Cancellation = cancellation.ToString(),
            Reason = reason,
            StatusVersion = statusVersion,
            Version = version,
            StoreToldAt = storeToldAt?.ToUnixTimeMilliseconds(),
            Reminders = reminders,
            DeliveryFee = details.DeliveryFee.Won,
            Discount = details.Discount.Won,
            LoadedVersion = order.LoadedVersion,
        };
    }

    public Order ToOrder() => Order.Load(new OrderSnapshot(
        new OrderId(Id),
        new OrderDetails(new StoreId(StoreId), CustomerId, StoredLines.Read(Lines), Address, MembershipNumber)
        {
            DeliveryFee = new Money(DeliveryFee), Discount = new Money(Discount),
        },
        PaymentId,
        DateTimeOffset.FromUnixTimeMilliseconds(PlacedAt),
        Enum.Parse<Progress>(Progress),
        Enum.Parse<Cancellation>(Cancellation),
        Reason,
        StatusVersion,
        Version,
        StoreToldAt is { } told ? DateTimeOffset.FromUnixTimeMilliseconds(told) : null,
        Reminders));
}

/// <summary>An order's lines as one text, since they are never asked for one by one.</summary>
internal static class StoredLines
{
    private static readonly JsonSerializerOptions Options =
        new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(IEnumerable<OrderLine> lines) => JsonSerializer.Serialize(
        lines.Select(static line => new StoredLine(line.Item, line.Quantity, line.UnitPrice.Won, line.DishId)), Options);

    public static IReadOnlyList<OrderLine> Read(string text) =>
        [.. JsonSerializer.Deserialize<StoredLine[]>(text, Options)!
            .Select(static line => new OrderLine(line.Item, line.Qty, new Money(line.Price), line.Dish))];

    private sealed record StoredLine(string Item, int Qty, long Price, long Dish);
}
