using FoodDelivery.Payments.Ports;

namespace FoodDelivery.Payments;

/// <summary>Compare a page of the provider's books with the payments.</summary>
/// <param name="From">Not what happened before.</param>
/// <param name="Grace">How old a charge must be to be judged: a younger one may be under way.</param>
/// <param name="After">Where the page before ended; empty for the first.</param>
public sealed record ReconcilePayments(DateTimeOffset From, TimeSpan Grace, string After);

/// <summary>Compare what the provider's books say of one order with its payment.</summary>
/// <param name="Order">The order.</param>
/// <param name="Grace">How old a charge must be to be judged: a younger one may be under way.</param>
public sealed record ReconcilePayment(OrderId Order, TimeSpan Grace);

/// <summary>
/// Compares the provider's books with ours and settles what differs: money that nobody here knows of, or that should be back, goes back, and what went back
/// without us is recorded. What cannot be settled so is told. What an entry says is only a hint: an order is judged by what the books say of it now.
/// </summary>
public sealed class ReconcilePaymentsHandler(IPayments payments, IProviderBooks books, IPaymentNumbers numbers, TimeProvider clock)
{
    /// <summary>How many entries of the books are looked at together.</summary>
    public const int PageSize = 100;

    private const string Unknown = "charged without being known";
    private const string GivenBackThere = "given back at the provider";

    /// <summary>The page's differences, settled; unavailable where the books cannot be read now.</summary>
    public async Task<Result<ReconciledPage>> Handle(ReconcilePayments command, MessageContext cause, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        var until = clock.GetUtcNow() - command.Grace;
        if ((await books.List(command.From, until, command.After, PageSize, cancellation)).IsError(out var unclear, out var page))
            return unclear;

        var found = new List<Discrepancy>();
        foreach (var order in page.Entries.GroupBy(static entry => entry.Order))
        {
            if (Agree(await payments.OfOrder(order.Key, cancellation), order.Last()))
                continue;

            if ((await Handle(new ReconcilePayment(order.Key, command.Grace), cause, cancellation)).IsError(out unclear, out var differences))
                return unclear;

            found.AddRange(differences);
        }

        return new ReconciledPage(found, page.Next);
    }

    /// <summary>The order's difference, settled; none where all is well or may still become so. Unavailable where the books cannot be read now.</summary>
    public async Task<Result<IReadOnlyList<Discrepancy>>> Handle(ReconcilePayment command, MessageContext cause, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        if ((await books.Look(command.Order, cancellation)).IsError(out var unclear, out var booked))
            return unclear with { Order = command.Order };

        var kind = await Concurrency.RetryOnConflict(() => Settle(command, booked, cause, cancellation));
        return kind is { } difference ? (Discrepancy[])[new(command.Order, difference)] : [];
    }

    // Whether the order need not be looked up, which costs a call to the provider.
    private static bool Agree(Payment? payment, BookEntry listed) => (payment?.Status, listed.State) switch
    {
        (PaymentStatus.Refunding, _) or (_, ChargeState.None or ChargeState.Declined) => true,
        (PaymentStatus.Approved, ChargeState.Approved) => true,
        (PaymentStatus.Refunded or PaymentStatus.Voided or PaymentStatus.Declined, ChargeState.Refunded) => true,
        _ => false,
    };

    private async Task<DiscrepancyKind?> Settle(ReconcilePayment command, BookedCharge booked, MessageContext cause, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().TruncateToMilliseconds();
        var isOld = booked.MadeAt <= now - command.Grace;
        var charge = booked.Charge;
        if (await payments.OfOrder(command.Order, cancellation) is not { } payment)
            return isOld && charge.State is (ChargeState.Approved or ChargeState.Refunded) ? await Record(command.Order, charge, now, cause, cancellation) : null;

        var kind = (payment.Status, charge.State) switch
        {
            (PaymentStatus.Voided or PaymentStatus.Declined, ChargeState.Approved) when isOld => DiscrepancyKind.ChargeOfNoOrder,
            (PaymentStatus.Refunded, ChargeState.Approved) => DiscrepancyKind.ChargeAfterRefund,
            (PaymentStatus.Approved, ChargeState.Refunded) => DiscrepancyKind.UnknownRefund,
            (PaymentStatus.Approved, ChargeState.Approved) when booked.Returned != Money.Zero => DiscrepancyKind.PartialRefund,
            (PaymentStatus.Approved, ChargeState.Approved) when payment.Amount != charge.Amount => DiscrepancyKind.OtherAmount,
            (PaymentStatus.Approved, ChargeState.Declined) => DiscrepancyKind.NotCharged,
            _ => (DiscrepancyKind?)null,
        };
        switch (kind)
        {
            case DiscrepancyKind.ChargeOfNoOrder:
                payment.ChargedLate(charge, now);
                break;
            case DiscrepancyKind.ChargeAfterRefund:
                payment.OweAgain(now);
                break;
            case DiscrepancyKind.UnknownRefund:
                payment.Refund(GivenBackThere, now);
                payment.Settle(charge, now);
                break;
        }

        if (payment.Version != payment.LoadedVersion)
            await payments.Save(payment, cause, cancellation);
        return kind;
    }

    // It is told as approved first, so that an order that was paid so ends when the money is back.
    private async Task<DiscrepancyKind?> Record(OrderId order, Charge charge, DateTimeOffset now, MessageContext cause, CancellationToken cancellation)
    {
        var isBack = charge.State is ChargeState.Refunded;
        var payment = Payment.Record(await numbers.Next(cancellation), order, charge with { State = ChargeState.Approved }, now, attempt: charge.Attempt);
        payment.Refund(isBack ? GivenBackThere : Unknown, now);
        if (isBack)
            payment.Settle(charge, now);

        if (!await payments.Add(payment, cause, cancellation))
            throw new ConcurrencyException($"Order {order} got a payment meanwhile.");

        return isBack ? DiscrepancyKind.UnknownRefund : DiscrepancyKind.UnknownCharge;
    }
}

/// <summary>A page that was compared.</summary>
/// <param name="Found">What differed.</param>
/// <param name="Next">Where the page ends; null if it is the last one.</param>
public sealed record ReconciledPage(IReadOnlyList<Discrepancy> Found, string? Next);

/// <summary>A difference between the provider's books and ours.</summary>
/// <param name="Order">The order's number.</param>
/// <param name="Kind">What differs.</param>
public sealed record Discrepancy(OrderId Order, DiscrepancyKind Kind);

/// <summary>What differs.</summary>
public enum DiscrepancyKind
{
    /// <summary>A charge under a number that nobody here knows; it goes back.</summary>
    UnknownCharge,

    /// <summary>A charge for an order that was given up, or whose payment was declined; it goes back.</summary>
    ChargeOfNoOrder,

    /// <summary>The money of a refund is still there; it goes back again.</summary>
    ChargeAfterRefund,

    /// <summary>The whole money went back without us; recorded as refunded.</summary>
    UnknownRefund,

    /// <summary>A part of the money went back without us. Somebody must look at it.</summary>
    PartialRefund,

    /// <summary>Another amount was charged than is known here. Somebody must look at it.</summary>
    OtherAmount,

    /// <summary>The charge of an approved payment failed, the provider says. Somebody must look at it.</summary>
    NotCharged,
}
