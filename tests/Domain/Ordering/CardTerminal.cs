using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using FoodDelivery.Kernel;
using FoodDelivery.Ordering.Ports;

namespace FoodDelivery.Tests.Domain.Ordering;

/// <summary>Payments in memory: one outcome per order, whatever is repeated; what it does next can be scripted.</summary>
internal sealed class CardTerminal : IPayments
{
    private readonly ConcurrentDictionary<OrderId, Money> _paid = new();
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

    public static Error Unclear { get; } = Error.Unavailable("PAYMENT_UNAVAILABLE", "no answer", TimeSpan.FromSeconds(1));

    public bool TryAcquire([NotNullWhen(true)] out IDisposable? lease, [NotNullWhen(false)] out Error? refusal)
    {
        (lease, refusal) = (Pause is null ? new Place(this) : null, Pause);
        return refusal is null;
    }

    public async Task<Result<long>> Approve(OrderId order, Money amount, string customer, CancellationToken cancellation)
    {
        if (await Before(order) is { } refusal)
            return refusal;

        Assert.Equal(amount, _paid.GetOrAdd(order, amount));
        return LosesAnswers ? Unclear : order.Value + 100;
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
