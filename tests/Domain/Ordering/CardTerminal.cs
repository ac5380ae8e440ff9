using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using FoodDelivery.Kernel;
using FoodDelivery.Ordering;
using FoodDelivery.Ordering.Ports;

namespace FoodDelivery.Tests.Domain.Ordering;

/// <summary>Payments in memory: one outcome per order, whatever is repeated; what it does next can be scripted.</summary>
internal sealed class CardTerminal : IPayments
{
    private readonly ConcurrentDictionary<OrderId, (string Attempt, Money Amount)> _paid = new();
    private int _entered;

    /// <summary>Turns everybody away with this, without asking.</summary>
    public Error? Pause { get; set; }

    /// <summary>How many payments are under way.</summary>
    public int Entered => Volatile.Read(ref _entered);

    /// <summary>Runs when a payment is asked for; its rejection is the answer.</summary>
    public Func<OrderId, Task<Error?>> Before { get; set; } = static _ => Task.FromResult<Error?>(null);

    /// <summary>Whether the answer gets lost after the money has moved.</summary>
    public bool LosesAnswers { get; set; }

    public int Charges => _paid.Count;

    public static Error Declined { get; } = new(ErrorKind.Declined, "PAYMENT_DECLINED", "limit exceeded");

    public static Error NumberTaken { get; } = Error.Conflict("ORDER_NUMBER_TAKEN", "used before");

    public static Error Unclear { get; } = Error.Unavailable("PAYMENT_UNAVAILABLE", "no answer", TimeSpan.FromSeconds(1));

    public bool TryAcquire(string customer, [NotNullWhen(true)] out IDisposable? lease, [NotNullWhen(false)] out Error? refusal)
    {
        (lease, refusal) = (Pause is null ? new Place(this) : null, Pause);
        return refusal is null;
    }

    /// <summary>Somebody has paid under that number, for an attempt that nobody here knows of.</summary>
    public void WasPaid(OrderId order) => _paid[order] = ("lost", new Money(1));

    public async Task<Result<long>> Approve(OrderAttempt attempt, CancellationToken cancellation)
    {
        if (await Before(attempt.Id) is { } refusal)
            return refusal;

        var (paidFor, amount) = _paid.GetOrAdd(attempt.Id, (attempt.AttemptId, attempt.Request.Details.Total));
        if (paidFor != attempt.AttemptId)
            return NumberTaken;

        Assert.Equal(attempt.Request.Details.Total, amount);
        return LosesAnswers ? Unclear : attempt.Id.Value + 100;
    }

    private sealed class Place : IDisposable
    {
        private readonly CardTerminal _terminal;

        public Place(CardTerminal terminal)
        {
            _terminal = terminal;
            Interlocked.Increment(ref terminal._entered);
        }

        public void Dispose() => Interlocked.Decrement(ref _terminal._entered);
    }
}
