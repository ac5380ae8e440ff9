using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace FoodDelivery.Adapters.Ordering.Payments;

/// <summary>
/// Two tries, the first with a time-out of its own, and around them a breaker, so that a payment service in trouble is asked less and customers are told at once.
/// The second try gets the first one's outcome and has the time that is left to both. The breaker counts payments, not tries: a first try that is too slow is
/// no trouble. Of one customer so few failures count that they cannot open it for the others, and whose payment has just failed as the one that was let
/// through gives way to others. It tries again by itself, with one payment at a time.
/// </summary>
internal sealed class PaymentBreaker
{
    private static readonly ResiliencePropertyKey<bool> Second = new("second try");

    private readonly MonotonicClock _clock;
    private readonly CircuitBreakerStateProvider _state = new();
    private readonly ResiliencePipeline _tries;
    private readonly ResiliencePipeline _breaker;
    private readonly ResiliencePipeline _trial;
    private readonly FailureShares _shares;
    private readonly TimeSpan _givesWay;
    private volatile FailedTrial? _failed;
    private long _closedUntil;

    public PaymentBreaker(IOptions<PaymentOptions> options, TimeProvider clock)
    {
        // The breaker reckons by the clock, and one that is set back would keep it open for as long.
        _clock = new MonotonicClock(clock);
        var settings = options.Value;
        _shares = new FailureShares(settings.FailuresOfOneCustomer, TimeSpan.FromSeconds(settings.SamplingSeconds), _clock);
        _givesWay = 2 * TimeSpan.FromSeconds(settings.BreakSeconds);
        _breaker = new ResiliencePipelineBuilder { TimeProvider = _clock, Name = "payments" }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                Name = "breaker",
                StateProvider = _state,
                FailureRatio = settings.FailureRatio,
                MinimumThroughput = settings.MinimumPayments,
                SamplingDuration = TimeSpan.FromSeconds(settings.SamplingSeconds),
                BreakDuration = TimeSpan.FromSeconds(settings.BreakSeconds),
                ShouldHandle = static outcome => ValueTask.FromResult(outcome.Outcome.Exception is { } error && PaymentFailure.IsTrouble(error)),
                OnOpened = opened => PauseFor(opened.BreakDuration),
                OnHalfOpened = _ => PauseFor(settings.TotalTimeout),
                OnClosed = _ => PauseFor(TimeSpan.Zero),
            })
            .Build();
        _tries = new ResiliencePipelineBuilder { TimeProvider = _clock, Name = "payment" }
            .AddTimeout(new TimeoutStrategyOptions { Timeout = settings.TotalTimeout, Name = "total" })
            .AddRetry(new RetryStrategyOptions
            {
                Name = "retry",
                MaxRetryAttempts = 1,
                Delay = TimeSpan.Zero,
                ShouldHandle = static outcome => ValueTask.FromResult(outcome.Outcome.Exception is { } error && PaymentFailure.IsWorthAnotherTry(error)),
                OnRetry = static retry => Note(retry.Context),
            })
            .AddTimeout(new TimeoutStrategyOptions
            {
                Name = "try", TimeoutGenerator = attempt => ValueTask.FromResult(IsSecond(attempt.Context) ? Timeout.InfiniteTimeSpan : settings.TryTimeout),
            })
            .Build();
        _trial = new ResiliencePipelineBuilder { TimeProvider = _clock }.AddPipeline(_breaker).AddPipeline(_tries).Build();
    }

    /// <summary>Whether everybody is asked (closed), nobody (open), or only one to see whether all is well again (half-open).</summary>
    public CircuitState State => _state.CircuitState;

    /// <summary>The refusal while nobody is asked, or only a first payment is under way; null otherwise.</summary>
    public Error? Pause
    {
        get
        {
            var left = TimeSpan.FromTicks(Volatile.Read(ref _closedUntil) - _clock.GetUtcNow().UtcTicks);
            return left > TimeSpan.Zero ? Refusal(left) : null;
        }
    }

    /// <summary>Makes a customer's payment; empty where nobody says whose it is.</summary>
    /// <exception cref="BrokenCircuitException">Nobody is asked now, or another is.</exception>
    public async ValueTask<TAnswer> Execute<TAnswer, TState>(string customer, Func<TState, CancellationToken, ValueTask<TAnswer>> pay, TState state)
    {
        if (State is not CircuitState.Closed)
            return await Try(customer, pay, state);

        try
        {
            var answer = await _tries.ExecuteAsync(pay, state);
            await Tell(failure: null);
            return answer;
        }
        catch (Exception failure)
        {
            // What does not count must not count as a success either: it would hide the others' failures.
            if (!PaymentFailure.IsTrouble(failure) || _shares.Counts(customer))
                await Tell(failure);
            throw;
        }
    }

    public static Error Refusal(TimeSpan retryAfter) =>
        Error.Unavailable("PAYMENT_PAUSED", "Payment is overloaded or down; please pay a little later. Nothing was charged.", retryAfter);

    private async ValueTask<TAnswer> Try<TAnswer, TState>(string customer, Func<TState, CancellationToken, ValueTask<TAnswer>> pay, TState state)
    {
        if (customer.Length > 0 && _failed is { } failed && failed.Customer == customer && _clock.GetUtcNow() < failed.Until)
            throw new BrokenCircuitException("This customer's payment failed a moment ago; another's tells more.");

        try
        {
            return await _trial.ExecuteAsync(pay, state);
        }
        catch (Exception failure) when (PaymentFailure.IsTrouble(failure))
        {
            _failed = new FailedTrial(customer, _clock.GetUtcNow() + _givesWay);
            throw;
        }
    }

    // The outcome of a payment that began while everybody was asked; it is no try whether all is well again.
    private async ValueTask Tell(Exception? failure)
    {
        if (State is not CircuitState.Closed)
            return;

        var context = ResilienceContextPool.Shared.Get();
        await _breaker.ExecuteOutcomeAsync(
            static (_, failure) => ValueTask.FromResult(failure is null ? Outcome.FromResult(true) : Outcome.FromException<bool>(failure)), context, failure);
        ResilienceContextPool.Shared.Return(context);
    }

    private static ValueTask Note(ResilienceContext context)
    {
        context.Properties.Set(Second, value: true);
        return ValueTask.CompletedTask;
    }

    private static bool IsSecond(ResilienceContext context) => context.Properties.TryGetValue(Second, out var second) && second;

    private ValueTask PauseFor(TimeSpan duration)
    {
        Volatile.Write(ref _closedUntil, (_clock.GetUtcNow() + duration).UtcTicks);
        return ValueTask.CompletedTask;
    }

    private sealed record FailedTrial(string Customer, DateTimeOffset Until);
}

/// <summary>Which failures count: those of one customer only up to a number within the time that the breaker looks at, those of nobody in particular all.</summary>
internal sealed class FailureShares(int ofOneCustomer, TimeSpan within, TimeProvider clock)
{
    private readonly Lock _counting = new();
    private readonly Queue<(string Customer, DateTimeOffset At)> _counted = new();
    private readonly Dictionary<string, int> _shares = new(StringComparer.Ordinal);

    /// <summary>Whether one more failure of the customer counts.</summary>
    public bool Counts(string customer)
    {
        if (customer.Length == 0)
            return true;

        lock (_counting)
        {
            var now = clock.GetUtcNow();
            Forget(now - within);
            var share = _shares.GetValueOrDefault(customer);
            if (share >= ofOneCustomer)
                return false;

            _counted.Enqueue((customer, now));
            _shares[customer] = share + 1;
            return true;
        }
    }

    private void Forget(DateTimeOffset before)
    {
        while (_counted.TryPeek(out var oldest) && oldest.At <= before)
        {
            _counted.Dequeue();
            if (--_shares[oldest.Customer] == 0)
                _shares.Remove(oldest.Customer);
        }
    }
}

/// <summary>Shows the breaker's state, from the start on.</summary>
internal sealed class BreakerMetrics(PaymentBreaker breaker, IMeterFactory meters) : IHostedService
{
    private const int Closed = 0;
    private const int HalfOpen = 1;
    private const int Open = 2;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        meters.Create("FoodDelivery.Ordering").CreateObservableGauge(
            "fooddelivery.payments.breaker", State, description: "Whether payments are made (0), tried one at a time (1) or refused at once (2).");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private int State() => breaker.State switch
    {
        CircuitState.Closed => Closed,
        CircuitState.HalfOpen => HalfOpen,
        _ => Open,
    };
}

/// <summary>A clock that only passes: what is measured by it lasts as long as it was meant to, although somebody sets the machine's clock meanwhile.</summary>
internal sealed class MonotonicClock(TimeProvider clock) : TimeProvider
{
    private readonly DateTimeOffset _start = clock.GetUtcNow();
    private readonly long _since = clock.GetTimestamp();

    public override long TimestampFrequency => clock.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => clock.LocalTimeZone;

    public override DateTimeOffset GetUtcNow() => _start + clock.GetElapsedTime(_since);

    public override long GetTimestamp() => clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        clock.CreateTimer(callback, state, dueTime, period);
}
