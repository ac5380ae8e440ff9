using FoodDelivery.Payments.Ports;

namespace FoodDelivery.Payments;

/// <summary>Shows one payment.</summary>
public sealed class GetPaymentHandler(IPayments payments)
{
    /// <summary>The payment, or that there is none with that number.</summary>
    public async Task<Result<Payment>> Handle(PaymentId id, AccessScope scope, CancellationToken cancellation) =>
        await payments.Find(id, cancellation) is { } payment && scope.CoversCustomer(payment.State.Payer, id) ? payment : Error.NotFound("payment", id);
}

/// <summary>Show many payments, newest first unless their orders' numbers are to say.</summary>
/// <param name="Order">Only this order's.</param>
/// <param name="Customer">Only this customer's; null or empty: all that the caller may see.</param>
/// <param name="Before">Only those with a lower number.</param>
/// <param name="Skip">How many are left out.</param>
/// <param name="Limit">At most so many.</param>
/// <param name="CountUpTo">Where counting ends; 0: they are not counted.</param>
/// <param name="ByOrder">The direction of their orders' numbers; null: the newest payment first.</param>
public sealed record ListPayments(
    OrderId? Order,
    string? Customer,
    PaymentId? Before,
    long Skip,
    int Limit,
    int CountUpTo = 0,
    SortDirection? ByOrder = null);

/// <summary>Some payments.</summary>
/// <param name="Payments">The payments, in the order that was asked for.</param>
/// <param name="Total">How many there are in all, as far as they were counted.</param>
public sealed record PaymentPage(IReadOnlyList<Payment> Payments, long Total);

/// <summary>Shows many payments.</summary>
public sealed class ListPaymentsHandler(IPaymentHistory history)
{
    /// <summary>The payments, or that somebody else's were asked for.</summary>
    public async Task<Result<PaymentPage>> Handle(ListPayments query, AccessScope scope, CancellationToken cancellation)
    {
        if (scope.For(query.Customer).IsError(out var refusal, out var named))
            return refusal;

        var payer = named.Length == 0 ? null : named;
        return new PaymentPage(
            await history.List(query.Order, payer, query.Before, query.Skip, query.Limit, query.ByOrder, cancellation),
            query.CountUpTo == 0 ? 0 : await history.Count(query.Order, payer, query.CountUpTo, cancellation));
    }
}
