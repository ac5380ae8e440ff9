using FoodDelivery.Ordering;

namespace FoodDelivery.Adapters.Ordering.Persistence;

/// <summary>A row of the table orders.</summary>
internal sealed class OrderRow
{
    public const string Columns =
        """
        id, store_id, customer_id, lines, address, membership_number, payment_id, placed_at, progress, cancellation, reason, status_version, version
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

    /// <summary>The version that the row must still have; no column.</summary>
    public long LoadedVersion { get; init; }

    public static OrderRow Of(Order order)
    {
        var (id, details, paymentId, placedAt, progress, cancellation, reason, statusVersion, version) = order.Snapshot;
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
            LoadedVersion = order.LoadedVersion,
        };
    }

    public Order ToOrder() => Order.Load(new OrderSnapshot(
        new OrderId(Id),
        new OrderDetails(new StoreId(StoreId), CustomerId, StoredLines.Read(Lines), Address, MembershipNumber),
        PaymentId,
        DateTimeOffset.FromUnixTimeMilliseconds(PlacedAt),
        Enum.Parse<Progress>(Progress),
        Enum.Parse<Cancellation>(Cancellation),
        Reason,
        StatusVersion,
        Version));
}
