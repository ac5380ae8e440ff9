using System.Collections.Concurrent;
using FoodDelivery.Payments.Ports;

namespace FoodDelivery.Adapters.Payments.Provider.Simulator;

/// <summary>
/// A provider for development and tests. Like a real one it carries on when the caller hangs up, charges a key once, and may be slow,
/// down, or unclear about what it did. Waiting holds no thread.
/// </summary>
internal sealed class SimulatedProvider(SimulatorLedger ledger, SimulatorControl control, IRandomSource random, TimeProvider clock)
    : IPaymentProvider, IProviderBooks, IDisposable
{
    private static readonly TimeSpan TryLater = TimeSpan.FromSeconds(1);

    private readonly SingleFlight _charges = new();
    private readonly SingleFlight _refunds = new();
    private readonly CancellationTokenSource _closing = new();

    public async Task<Result<Charge>> Approve(OrderId order, Money amount, string customerId, string attempt, CancellationToken cancellation)
    {
        // A request for a key that is being charged waits for that charge.
        var answer = await _charges.Join(order, () => Charged(order, amount, attempt)).WaitAsync(cancellation);
        return answer.IsError(out _, out var charge) ? answer : charge.AnswerTo(order, amount, attempt);
    }

    public Task<Result<Charge>> Refund(OrderId order, CancellationToken cancellation) =>
        _refunds.Join(order, () => Answer(() => ledger.Refund(order, _closing.Token), _closing.Token)).WaitAsync(cancellation);

    public Task<Result<Charge>> Find(OrderId order, CancellationToken cancellation) => Answer(() => ledger.Find(order, cancellation), cancellation);

    public Task<Result<BooksPage>> List(DateTimeOffset from, DateTimeOffset until, string after, int limit, CancellationToken cancellation) =>
        Answer(() => ledger.List(from, until, after, limit, cancellation), cancellation);

    public Task<Result<BookedCharge>> Look(OrderId order, CancellationToken cancellation) => Answer(() => ledger.Look(order, cancellation), cancellation);

    public void Dispose()
    {
        _closing.Cancel();
        _closing.Dispose();
    }

    private async Task<Result<Charge>> Charged(OrderId order, Money amount, string attempt)
    {
        var known = await ledger.Find(order, _closing.Token);
        return known.State is not ChargeState.None
            ? known
            : await Answer(() => ledger.Record(order, Decide(amount) with { Attempt = attempt }, _closing.Token), _closing.Token);
    }

    private Charge Decide(Money amount)
    {
        var settings = control.Current;
        var reason = amount.Won > settings.DeclineAboveWon ? $"The card does not allow more than {settings.DeclineAboveWon} won."
            : Happens(settings.DeclineRate) ? "The card was declined."
            : "";
        return new Charge(reason.Length > 0 ? ChargeState.Declined : ChargeState.Approved, amount, reason);
    }

    private async Task<Result<T>> Answer<T>(Func<Task<T>> effect, CancellationToken cancellation)
        where T : notnull
    {
        await control.Answering.WaitAsync(cancellation);
        var settings = control.Current;
        var delay = settings.DelayMinMs + (random.Next() * (settings.DelayMaxMs - settings.DelayMinMs));
        if (delay > 0)
            await Task.Delay(TimeSpan.FromMilliseconds(delay), clock, cancellation);

        var fails = Happens(settings.FailureRate);
        if (fails && Happens(0.5))
            return Failure;

        var answer = await effect();
        return fails ? Failure : answer;
    }

    private bool Happens(double rate) => rate > 0 && random.Next() < rate;

    private static Error Failure => Error.Unavailable("PROVIDER_FAILED", "The payment provider failed; ask again for the same order.", TryLater);
}

/// <summary>What the simulator does for an order is done once at a time, whoever waits for it or has stopped waiting.</summary>
internal sealed class SingleFlight
{
    private readonly ConcurrentDictionary<OrderId, Lazy<Task<Result<Charge>>>> _tasks = new();

    /// <summary>The task that is under way for the order, or a new one.</summary>
    public Task<Result<Charge>> Join(OrderId order, Func<Task<Result<Charge>>> begin) =>
        _tasks.GetOrAdd(order, key => new Lazy<Task<Result<Charge>>>(() => Ended(key, begin))).Value;

    private async Task<Result<Charge>> Ended(OrderId order, Func<Task<Result<Charge>>> begin)
    {
        try
        {
            return await begin();
        }
        finally
        {
            _tasks.TryRemove(order, out _);
        }
    }
}

/// <summary>What decides what the simulator does at random.</summary>
internal interface IRandomSource
{
    /// <summary>The next number from 0 up to, but not including, 1.</summary>
    double Next();
}

/// <summary>The same numbers in the same order for the same seed.</summary>
internal sealed class SeededRandom(int seed) : IRandomSource
{
    private readonly Lock _drawing = new();
    private readonly Random _random = new(seed);

    public double Next()
    {
        lock (_drawing)
            return _random.NextDouble();
    }
}
