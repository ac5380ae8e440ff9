namespace FoodDelivery.Payments.Ports;

/// <summary>The payments: one an order.</summary>
public interface IPayments
{
    /// <summary>Stores a new payment together with its events. False, and nothing stored, if the order has a payment already.</summary>
    Task<bool> Add(Payment payment, MessageContext cause, CancellationToken cancellation);

    /// <summary>Stores a changed payment together with its events.</summary>
    /// <exception cref="ConcurrencyException">Somebody else changed it since it was loaded.</exception>
    Task Save(Payment payment, MessageContext cause, CancellationToken cancellation);

    /// <summary>An order's payment, or null.</summary>
    Task<Payment?> OfOrder(OrderId order, CancellationToken cancellation);

    /// <summary>A payment by its number, or null.</summary>
    Task<Payment?> Find(PaymentId payment, CancellationToken cancellation);

    /// <summary>Orders whose payment has business with the provider that is due as <see cref="Payment.IsDue"/> says, longest overdue first.</summary>
    /// <param name="now">What counts as due.</param>
    /// <param name="limit">How many at the most.</param>
    /// <param name="cancellation">Gives up.</param>
    Task<IReadOnlyList<OrderId>> Due(DateTimeOffset now, int limit, CancellationToken cancellation);
}

/// <summary>The payments as people look through them.</summary>
public interface IPaymentHistory
{
    /// <summary>A part of the history.</summary>
    /// <param name="order">Only this order's, where given.</param>
    /// <param name="payer">Only this customer's, where given.</param>
    /// <param name="before">Only those with a lower number, where given.</param>
    /// <param name="skip">How many of these to leave out.</param>
    /// <param name="limit">How many at the most.</param>
    /// <param name="byOrder">The direction of their orders' numbers; null: the newest payment first.</param>
    /// <param name="cancellation">Gives up.</param>
    Task<IReadOnlyList<Payment>> List(
        OrderId? order, string? payer, PaymentId? before, long skip, int limit, SortDirection? byOrder, CancellationToken cancellation);

    /// <summary>How many there are, counted up to <paramref name="limit"/>.</summary>
    Task<long> Count(OrderId? order, string? payer, int limit, CancellationToken cancellation);
}

/// <summary>Issues payments' numbers, each once; some may never be used.</summary>
public interface IPaymentNumbers
{
    /// <summary>The next number.</summary>
    ValueTask<PaymentId> Next(CancellationToken cancellation);
}
