using FoodDelivery.Ordering;

namespace FoodDelivery.Adapters.Ordering.Persistence;

/// <summary>A row of the table attempts.</summary>
internal sealed class AttemptRow
{
    public const string Columns =
        "id, caller, idempotency_key, fingerprint, store_id, customer_id, lines, address, membership_number, state, reason, opened_at";

    public long Id { get; init; }

    public string? Caller { get; init; }

    public string? IdempotencyKey { get; init; }

    public string Fingerprint { get; init; } = "";

    public long StoreId { get; init; }

    public string CustomerId { get; init; } = "";

    public string Lines { get; init; } = "";

    public string Address { get; init; } = "";

    public string MembershipNumber { get; init; } = "";

    public string State { get; init; } = nameof(AttemptState.Open);

    public string Reason { get; init; } = "";

    public long OpenedAt { get; init; }

    public static AttemptRow Of(AttemptRequest request) => new()
    {
        Caller = request.Key?.Caller,
        IdempotencyKey = request.Key?.Key,
        Fingerprint = request.Fingerprint,
        StoreId = request.Details.Store.Value,
        CustomerId = request.Details.Customer,
        Lines = StoredLines.Write(request.Details.Lines),
        Address = request.Details.Address,
        MembershipNumber = request.Details.MembershipNumber,
        OpenedAt = request.OpenedAt.ToUnixTimeMilliseconds(),
    };

    public OrderAttempt ToAttempt() => new(
        new OrderId(Id),
        new AttemptRequest(
            Caller is null || IdempotencyKey is null ? null : new RequestKey(Caller, IdempotencyKey),
            Fingerprint,
            new OrderDetails(new StoreId(StoreId), CustomerId, StoredLines.Read(Lines), Address, MembershipNumber),
            DateTimeOffset.FromUnixTimeMilliseconds(OpenedAt)),
        Enum.Parse<AttemptState>(State),
        Reason);
}
