using System.Net.Sockets;
using FoodDelivery.Adapters.Ordering.Payments;
using FoodDelivery.Tests.Support;
using Grpc.Core;
using Microsoft.Extensions.Options;
using Polly.CircuitBreaker;

namespace FoodDelivery.Tests.Contract.Ordering;

/// <summary>When the breaker opens and closes, by a clock that the test moves: with the settings that everybody has.</summary>
public sealed class PaymentBreakerTests
{
    private readonly Clock _clock = new();
    private readonly PaymentBreaker _breaker;
    private int _tries;

    public PaymentBreakerTests() => _breaker = new PaymentBreaker(Options.Create(new PaymentOptions()), _clock);

    [Fact]
    public async Task First_tries_that_fail_are_no_trouble_as_long_as_the_second_ones_succeed()
    {
        for (var payment = 0; payment < 500; payment++)
            Assert.True(await Pays(fails: static number => number % 2 == 0));

        Assert.Equal(1_000, _tries);
        Assert.Null(_breaker.Pause);
    }

    [Fact]
    public async Task Half_of_the_tries_failing_at_random_does_not_open_it()
    {
        var chance = new Random(1);
        var paid = 0;
        for (var payment = 0; payment < 2_000; payment++)
            paid += await Pays(_ => chance.NextDouble() < 0.5) ? 1 : 0;

        Assert.InRange(paid, 1_400, 1_600);
        Assert.Null(_breaker.Pause);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(100)]
    public async Task A_provider_that_hangs_after_failing_half_of_the_tries_opens_it_within_two_seconds(int customers)
    {
        // Each customer's payment takes half a second, or both time-outs once the provider hangs; they take turns evenly.
        var chance = new Random(3);
        var half = TimeSpan.FromSeconds(0.5);
        for (var payment = 0; payment < customers * 10; payment++)
            await Pays(_ => chance.NextDouble() < 0.5, half / customers);

        var hangs = _clock.GetUtcNow();
        _clock.Pass(2 * TimeSpan.FromMilliseconds(610));
        while (_breaker.Pause is null)
            await Pays(static _ => true, half / customers);

        Assert.InRange(_clock.GetUtcNow() - hangs, TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task While_open_nobody_is_asked_and_everybody_is_told_when_to_come_back()
    {
        await Open();
        var asked = _tries;

        for (var i = 0; i < 50; i++)
            await Assert.ThrowsAsync<BrokenCircuitException>(() => Pays(static _ => false));

        Assert.Equal(asked, _tries);
        Assert.InRange(_breaker.Pause!.RetryAfter!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task One_payment_after_the_break_closes_it_however_rarely_anybody_pays()
    {
        await Open();
        _clock.Pass(TimeSpan.FromSeconds(2));
        Assert.Null(_breaker.Pause);
        Assert.True(await Pays(static _ => false));

        for (var i = 0; i < 5; i++)
        {
            _clock.Pass(TimeSpan.FromMinutes(1));
            Assert.True(await Pays(static _ => false));
        }
    }

    [Fact]
    public async Task A_payment_after_the_break_that_fails_again_opens_it_again()
    {
        await Open();
        _clock.Pass(TimeSpan.FromSeconds(2));

        Assert.False(await Pays(static _ => true));

        Assert.NotNull(_breaker.Pause);
        await Assert.ThrowsAsync<BrokenCircuitException>(() => Pays(static _ => false));
    }

    [Fact]
    public async Task While_the_one_payment_after_the_break_is_under_way_the_others_are_refused()
    {
        await Open();
        _clock.Pass(TimeSpan.FromSeconds(2));
        var answer = new TaskCompletionSource();

        var first = Run("", async () => await answer.Task);
        await Assert.ThrowsAsync<BrokenCircuitException>(() => Pays(static _ => false));
        await Eventually.Holds(() =>
        {
            Assert.NotNull(_breaker.Pause);
            return Task.CompletedTask;
        });
        answer.SetResult();
        await first;

        Assert.Null(_breaker.Pause);
        Assert.True(await Pays(static _ => false));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task A_clock_that_is_set_meanwhile_neither_lengthens_nor_shortens_the_break(int hours)
    {
        await Open();
        _clock.Set(TimeSpan.FromHours(hours));

        Assert.InRange(_breaker.Pause!.RetryAfter!.Value, TimeSpan.FromTicks(1), TimeSpan.FromMinutes(1));
        await Assert.ThrowsAsync<BrokenCircuitException>(() => Pays(static _ => false));
        _clock.Pass(_breaker.Pause!.RetryAfter!.Value);

        Assert.True(await Pays(static _ => false));
        Assert.Null(_breaker.Pause);
    }

    [Fact]
    public async Task Refusals_for_a_reason_are_no_trouble()
    {
        for (var payment = 0; payment < 100; payment++)
        {
            await Assert.ThrowsAsync<RpcException>(() => Run(
                "", static () => throw new RpcException(new Status(StatusCode.FailedPrecondition, "given up before"))));
        }

        Assert.Null(_breaker.Pause);
    }

    [Fact]
    public async Task A_connection_that_was_reset_before_its_first_use_is_worth_another_try_and_leaves_a_payment_unclear()
    {
        // All that .NET says of it, in no HttpRequestException.
        var reset = new SocketException((int)SocketError.NotConnected);

        await Run("", () => ++_tries == 1 ? throw reset : ValueTask.CompletedTask);

        Assert.Equal(2, _tries);
        Assert.True(PaymentFailure.IsUnclear(reset));
    }

    [Fact]
    public async Task One_customers_failures_do_not_open_it_for_the_others_however_few_others_pay()
    {
        for (var payment = 0; payment < 200; payment++)
        {
            Assert.False(await Pays(static _ => true, customer: "mallory"));
            Assert.Null(_breaker.Pause);
        }

        for (var payment = 0; payment < 200; payment++)
        {
            Assert.False(await Pays(static _ => true, customer: "mallory"));
            if (payment % 40 == 0)
                Assert.True(await Pays(static _ => false, customer: "kim"));
        }

        Assert.Null(_breaker.Pause);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(10)]
    [InlineData(4)]
    public async Task Failures_of_several_customers_open_it_with_the_tenth_payment_as_ever(int customers)
    {
        for (var payment = 0; payment < 10; payment++)
        {
            Assert.Null(_breaker.Pause);
            Assert.False(await Pays(static _ => true, customer: $"customer {payment % customers}"));
        }

        Assert.NotNull(_breaker.Pause);
    }

    [Fact]
    public async Task What_does_not_count_hides_no_failure_of_others()
    {
        for (var payment = 0; payment < 7; payment++)
        {
            for (var more = 0; more < 10; more++)
                await Pays(static _ => true, TimeSpan.FromMilliseconds(1), "mallory");
            Assert.False(await Pays(static _ => true, customer: $"customer {payment}"));
        }

        Assert.NotNull(_breaker.Pause);
    }

    [Fact]
    public async Task Whose_payment_after_the_break_has_failed_gives_way_to_another_and_later_may_try_again()
    {
        await Open();
        _clock.Pass(TimeSpan.FromSeconds(2));
        Assert.False(await Pays(static _ => true, customer: "mallory"));
        _clock.Pass(TimeSpan.FromSeconds(2));

        await Assert.ThrowsAsync<BrokenCircuitException>(() => Pays(static _ => true, customer: "mallory"));
        Assert.True(await Pays(static _ => false, customer: "kim"));
        Assert.Null(_breaker.Pause);

        await Open();
        _clock.Pass(TimeSpan.FromSeconds(2));
        Assert.False(await Pays(static _ => true, customer: "kim"));
        _clock.Pass(TimeSpan.FromSeconds(4));
        Assert.True(await Pays(static _ => false, customer: "kim"));
    }

    private async Task Open()
    {
        for (var payment = 0; payment < 10; payment++)
            Assert.False(await Pays(static _ => true));
        Assert.NotNull(_breaker.Pause);
    }

    // True if it was paid.
    private async Task<bool> Pays(Func<int, bool> fails, TimeSpan? since = null, string customer = "")
    {
        _clock.Pass(since ?? TimeSpan.FromMilliseconds(10));
        try
        {
            await Run(customer, () =>
                fails(_tries++) ? throw new RpcException(new Status(StatusCode.Unavailable, "no answer")) : ValueTask.CompletedTask);
            return true;
        }
        catch (RpcException)
        {
            return false;
        }
    }

    private async Task Run(string customer, Func<ValueTask> pay) => await _breaker.Execute(
        customer,
        static async (pay, _) =>
        {
            await pay();
            return true;
        },
        pay);

    private sealed class Clock : TimeProvider
    {
        private DateTimeOffset _now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

        private TimeSpan _wrong;

        public override DateTimeOffset GetUtcNow() => _now + _wrong;

        public override long GetTimestamp() => _now.UtcTicks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Pass(TimeSpan time) => _now += time;

        public void Set(TimeSpan ahead) => _wrong = ahead;
    }
}
