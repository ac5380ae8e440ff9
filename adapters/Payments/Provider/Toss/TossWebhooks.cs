using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;
using FoodDelivery.Payments;
using Microsoft.Extensions.Options;

namespace FoodDelivery.Adapters.Payments.Provider.Toss;

/// <summary>
/// What Toss Payments, or somebody who says so, tells of a payment (https://docs.tosspayments.com/reference/using-api/webhook-events). Nothing of it is
/// believed: it names a payment, which is looked up at the provider and settled by what that says. So it does no harm if it is forged, repeated or late.
/// </summary>
internal sealed class TossWebhooks(
    TossOptions settings,
    TossApi api,
    TossOrderIds numbers,
    ReconcilePaymentsHandler reconciling,
    DiscrepancyReport report,
    IOptions<ReconciliationOptions> options) : IDisposable
{
    private const int MaxConcurrentLooks = 4;
    private const int MaxKey = 200;
    private const string Version = "v1:";
    private static readonly TimeSpan TryLater = TimeSpan.FromSeconds(1);

    private readonly ConcurrencyLimiter _looking = new(new() { PermitLimit = MaxConcurrentLooks, QueueLimit = 0 });

    /// <summary>
    /// Whether the signature, where there is one and we know the secret, is the body's. The provider signs only some kinds of events, so that one
    /// without a signature is as good as a hint from anybody.
    /// </summary>
    public bool IsAcceptable(ReadOnlySpan<byte> body, string? sentAt, string? signatures)
    {
        if (settings.WebhookSecret is not { } secret || string.IsNullOrEmpty(signatures))
            return true;

        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes], given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), [.. body, .. Encoding.UTF8.GetBytes($":{sentAt}")], expected);
        foreach (var signature in signatures.Split(',', StringSplitOptions.TrimEntries))
        {
            if (signature.StartsWith(Version, StringComparison.Ordinal)
                && Convert.TryFromBase64String(signature[Version.Length..], given, out var length)
                && CryptographicOperations.FixedTimeEquals(given[..length], expected))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Settles the payment that is named. Invalid, with its field, for what is no event; unavailable where the provider cannot be asked now: send it again.</summary>
    public async Task<Result<Unit>> Handle(TossEvent happened, MessageContext cause, CancellationToken cancellation)
    {
        if (happened.EventType is not { Length: > 0 })
            return Error.Invalid("eventType", "eventType is missing: what has happened?");
        if (happened.EventType is not ("PAYMENT_STATUS_CHANGED" or "CANCEL_STATUS_CHANGED"))
            return Unit.Value;
        if (happened.Data is not { } data)
            return Error.Invalid("data", "data is missing: which payment is it about?");
        if (data.PaymentKey is { } key && !IsKey(key))
            return Error.Invalid("data.paymentKey", $"A payment's key has 1 to {MaxKey} letters, digits, hyphens and underscores.");

        if ((await NumberOf(data, cancellation)).IsError(out var unclear, out var number))
            return unclear;

        // Another installation's order is its own business.
        if (await numbers.Read(number, cancellation) is not { } order)
            return Unit.Value;

        if ((await reconciling.Handle(new ReconcilePayment(order, options.Value.Grace), cause, cancellation)).IsError(out unclear, out var found))
            return unclear;

        report.Tell(found);
        return Unit.Value;
    }

    public void Dispose() => _looking.Dispose();

    private static bool IsKey(string text) =>
        text.Length is > 0 and <= MaxKey && text.All(static sign => char.IsAsciiLetterOrDigit(sign) || sign is '-' or '_');

    // The order's number as the provider knows it; empty where there is none.
    private async Task<Result<string>> NumberOf(TossEventData data, CancellationToken cancellation)
    {
        if (data is { OrderId: { } number })
            return number;
        if (data.PaymentKey is not { } key)
            return "";

        using var lease = _looking.AttemptAcquire();
        if (!lease.IsAcquired)
            return Unclear;

        var found = await api.FindByKey(key, cancellation);
        return found.Has(out var payment) ? payment.OrderId
            : found.Meaning is TossMeaning.NotFound ? ""
            : Unclear;
    }

    private static Error Unclear => Error.Unavailable("PROVIDER_UNCLEAR", "The payment provider cannot be asked now; send the event again.", TryLater);
}

/// <summary>An event: something has happened to a payment.</summary>
/// <param name="EventType">What sort of thing.</param>
/// <param name="Data">To which payment.</param>
internal sealed record TossEvent(string? EventType, TossEventData? Data);

/// <summary>Which payment: by either.</summary>
/// <param name="OrderId">The order's number as the provider knows it.</param>
/// <param name="PaymentKey">The provider's key.</param>
internal sealed record TossEventData(string? OrderId, string? PaymentKey);
