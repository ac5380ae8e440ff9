namespace FoodDelivery.Payments.Ports;

/// <summary>The payments as people look through them, newest first.</summary>
public interface IPaymentHistory
{
    /// <summary>A part of the history.</summary>
    /// <param name="order">Only this order's, where given.</param>
    /// <param name="payer">Only this customer's, where given.</param>
    /// <param name="before">Only those with a lower number, where given.</param>
    /// <param name="skip">How many of these to leave out.</param>
    /// <param name="limit">How many at the most.</param>
    /// <param name="cancellation">Gives up.</param>
    Task<IReadOnlyList<Payment>> List(OrderId? order, string? payer, PaymentId? before, long skip, int limit, CancellationToken cancellation);

    /// <summary>How many there are, counted up to <paramref name="limit"/>.</summary>
    Task<long> Count(OrderId? order, string? payer, int limit, CancellationToken cancellation);
}
