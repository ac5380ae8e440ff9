using System.Diagnostics.CodeAnalysis;

namespace FoodDelivery.Ordering.Ports;

/// <summary>Takes the money for an order.</summary>
public interface IPayments
{
    /// <summary>
    /// Takes a lease on one of the payments that may be under way at the same time; disposing it gives it back. Known at once, without asking
    /// anybody: without a lease no payment can be made right now, and the refusal says when to come back. One customer gets a part of them only,
    /// so that the others can pay whatever it does; who has no name shares with all who have none.
    /// </summary>
    bool TryAcquire(string customer, [NotNullWhen(true)] out IDisposable? lease, [NotNullWhen(false)] out Error? refusal);

    /// <summary>
    /// Pays the attempt's total, and answers with the payment's number; the caller has a lease. Repeated for the same attempt it answers with the first
    /// outcome. <see cref="ErrorKind.Declined"/>: a clear no, the message says why. <see cref="ErrorKind.Conflict"/>: under its number another attempt
    /// has paid, and nothing was taken for this one. Any other rejection leaves open whether money has moved.
    /// </summary>
    Task<Result<long>> Approve(OrderAttempt attempt, CancellationToken cancellation);
}
