namespace FoodDelivery.Ordering.Ports;

/// <summary>Takes the money for an order.</summary>
public interface IPayments
{
    /// <summary>Why no payment can be made right now, known without asking; null as long as it is worth asking.</summary>
    Rejection? Pause { get; }

    /// <summary>
    /// Pays, and answers with the payment's number. Repeated for the same order and amount it answers with the first outcome.
    /// <see cref="RejectionKind.Declined"/>: a clear no, the message says why. Any other rejection leaves open whether money has moved.
    /// </summary>
    Task<Outcome<long>> Approve(OrderId order, Money amount, string customer, CancellationToken cancellation);
}
