using FoodDelivery.Kernel;
using FoodDelivery.Ordering;

namespace FoodDelivery.Tests.Domain.Ordering;

/// <summary>Whatever fails on the way of an order, and wherever: no order unpaid, no money without an order for long.</summary>
public sealed class PayingFaultTests
{
    private readonly Shop _shop = new();

    [Fact]
    public async Task A_declined_card_leaves_no_order_but_says_so()
    {
        _shop.Payments.Before = static _ => Task.FromResult<Error?>(CardTerminal.Declined);

        Assert.True((await _shop.Place(Given.AnOrderFor("chicken"))).IsError(out var refusal));

        Assert.Equal((ErrorKind.Declined, new OrderId(1)), (refusal.Kind, refusal.Order));
        Assert.Empty(_shop.Ledger.Orders);
        var told = Assert.Single(_shop.Published<OrderStatusChanged>());
        Assert.Equal((1, OrderStatus.PayFail, "limit exceeded"), (told.Version, told.Status, told.Reason));
    }

    [Fact]
    public async Task A_declined_attempt_is_declined_again_without_asking()
    {
        _shop.Payments.Before = static _ => Task.FromResult<Error?>(CardTerminal.Declined);
        Assert.True((await _shop.Place(Given.AnOrderFor("chicken", key: "k"))).IsError(out var first));
        _shop.Payments.Before = static _ => throw new InvalidOperationException("asked again");

        Assert.True((await _shop.Place(Given.AnOrderFor("chicken", key: "k"))).IsError(out var second));

        Assert.Equal(first, second);
    }

    [Fact]
    public async Task A_pause_of_payment_is_told_at_once_and_leaves_nothing()
    {
        _shop.Payments.Pause = CardTerminal.Unclear;

        Assert.True((await _shop.Place(Given.AnOrderFor("chicken"))).IsError(out var refusal));

        Assert.Equal(ErrorKind.Unavailable, refusal.Kind);
        Assert.Equal(0, _shop.Ledger.Attempts);
    }

    [Fact]
    public async Task A_placed_order_is_told_again_although_payment_pauses()
    {
        var placed = (await _shop.Place(Given.AnOrderFor("chicken", key: "k"))).Value;
        _shop.Payments.Pause = CardTerminal.Unclear;

        Assert.Equal(placed.Id, (await _shop.Place(Given.AnOrderFor("chicken", key: "k"))).Value.Id);
    }

    [Fact]
    public async Task A_place_among_the_payments_is_held_while_paying_and_given_back_however_that_ends()
    {
        var during = 0;
        _shop.Payments.Before = _ =>
        {
            during = _shop.Payments.Entered;
            return Task.FromResult<Error?>(null);
        };
        await _shop.Place(Given.AnOrderFor("chicken"));
        Assert.Equal((1, 0), (during, _shop.Payments.Entered));

        await _shop.Place(Given.AnOrderFor("no dish of ours"));
        _shop.Payments.Before = static _ => throw new IOException("the way to payment breaks");
        await Assert.ThrowsAsync<IOException>(() => _shop.Place(Given.AnOrderFor("chicken")));
        Assert.Equal(0, _shop.Payments.Entered);
    }

    [Fact]
    public async Task An_unclear_payment_leaves_an_open_attempt_that_the_sweeper_gives_up()
    {
        _shop.Payments.LosesAnswers = true;

        Assert.True((await _shop.Place(Given.AnOrderFor("chicken"))).IsError(out _));
        Assert.Equal(AttemptState.Open, _shop.Ledger.StateOf(1));
        Assert.Empty(_shop.Ledger.Published);

        _shop.Time.Advance(SweepAttemptsHandler.DefaultOpenFor);
        Assert.Equal(0, await _shop.Sweep());
        _shop.Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, await _shop.Sweep());
        Assert.Equal(0, await _shop.Sweep());

        Assert.Equal(AttemptState.Abandoned, _shop.Ledger.StateOf(1));
        Assert.Equal(new OrderAttemptAbandoned(new OrderId(1), "attempt-1"), Assert.Single(_shop.Published<OrderAttemptAbandoned>()));
        Assert.Empty(_shop.Ledger.Orders);
    }

    [Fact]
    public async Task A_number_under_which_another_attempt_has_paid_makes_no_order_and_sends_nothing_back()
    {
        _shop.Payments.WasPaid(new OrderId(1));

        var refusal = (await _shop.Place(Given.AnOrderFor("chicken", key: "k"))).Error!;

        Assert.Equal((ErrorKind.Conflict, "ORDER_NUMBER_TAKEN"), (refusal.Kind, refusal.Reason));
        Assert.Equal(AttemptState.Abandoned, _shop.Ledger.StateOf(1));
        _shop.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0, await _shop.Sweep());
        Assert.Empty(_shop.Ledger.Published);
        Assert.Empty(_shop.Ledger.Orders);

        // The same request is a new attempt, under the next number.
        Assert.Equal(new OrderId(2), (await _shop.Place(Given.AnOrderFor("chicken", key: "k"))).Value.Id);
    }

    [Fact]
    public async Task A_repeated_request_carries_on_with_the_attempt_of_an_unclear_payment()
    {
        _shop.Payments.LosesAnswers = true;
        await _shop.Place(Given.AnOrderFor("chicken", key: "k"));
        _shop.Payments.LosesAnswers = false;
        _shop.Menus.Menus.Clear();

        var order = (await _shop.Place(Given.AnOrderFor("chicken", key: "k"))).Value;

        Assert.Equal(new OrderId(1), order.Id);
        Assert.Equal(1, _shop.Payments.Charges);
    }

    [Fact]
    public async Task A_repeated_request_after_a_crash_between_payment_and_order_gets_the_order()
    {
        _shop.Ledger.BeforeSave = static () => throw new IOException("the process dies here");
        await Assert.ThrowsAsync<IOException>(() => _shop.Place(Given.AnOrderFor("chicken", key: "k")));
        _shop.Ledger.BeforeSave = static () => Task.CompletedTask;

        var order = (await _shop.Place(Given.AnOrderFor("chicken", key: "k"))).Value;

        Assert.Equal((new OrderId(1), 1), (order.Id, _shop.Payments.Charges));
    }

    [Fact]
    public async Task What_was_opened_while_the_clock_was_ahead_is_swept_once_the_clock_is_right()
    {
        _shop.Payments.LosesAnswers = true;
        _shop.Time.Advance(TimeSpan.FromHours(1));
        Assert.True((await _shop.Place(Given.AnOrderFor("chicken"))).IsError(out _));
        Assert.Equal(0, await _shop.Sweep());

        _shop.Time.Advance(TimeSpan.FromHours(-1));

        Assert.Equal(1, await _shop.Sweep());
        Assert.Equal(AttemptState.Abandoned, _shop.Ledger.StateOf(1));
    }

    [Fact]
    public async Task What_was_opened_a_little_ahead_of_the_sweepers_clock_is_left_alone()
    {
        _shop.Payments.LosesAnswers = true;
        Assert.True((await _shop.Place(Given.AnOrderFor("chicken"))).IsError(out _));

        _shop.Time.Advance(-SweepAttemptsHandler.DefaultOpenFor);

        Assert.Equal(0, await _shop.Sweep());
    }

    [Fact]
    public async Task After_a_crash_without_a_repeated_request_the_money_goes_back()
    {
        _shop.Ledger.BeforeSave = static () => throw new IOException("the process dies here");
        await Assert.ThrowsAsync<IOException>(() => _shop.Place(Given.AnOrderFor("chicken")));
        _shop.Ledger.BeforeSave = static () => Task.CompletedTask;

        _shop.Time.Advance(SweepAttemptsHandler.DefaultOpenFor * 2);
        await _shop.Sweep();

        Assert.Single(_shop.Published<OrderAttemptAbandoned>());
    }

    [Fact]
    public async Task If_the_sweeper_wins_the_race_there_is_no_order_and_the_caller_may_try_again()
    {
        _shop.Payments.Before = async _ =>
        {
            _shop.Time.Advance(SweepAttemptsHandler.DefaultOpenFor * 2);
            await _shop.Sweep();
            return null;
        };

        Assert.True((await _shop.Place(Given.AnOrderFor("chicken", key: "k"))).IsError(out var refusal));
        Assert.Equal((ErrorKind.Unavailable, "ATTEMPT_ABANDONED"), (refusal.Kind, refusal.Reason));
        Assert.Empty(_shop.Ledger.Orders);

        _shop.Payments.Before = static _ => Task.FromResult<Error?>(null);
        Assert.Equal(new OrderId(2), (await _shop.Place(Given.AnOrderFor("chicken", key: "k"))).Value.Id);
    }

    [Fact]
    public async Task If_the_sweeper_wins_against_a_declined_card_the_caller_is_not_told_twice()
    {
        _shop.Payments.Before = async _ =>
        {
            _shop.Time.Advance(SweepAttemptsHandler.DefaultOpenFor * 2);
            await _shop.Sweep();
            return CardTerminal.Declined;
        };

        Assert.True((await _shop.Place(Given.AnOrderFor("chicken"))).IsError(out var refusal));

        Assert.Equal("ATTEMPT_ABANDONED", refusal.Reason);
        Assert.Empty(_shop.Statuses);
    }

    [Fact]
    public async Task If_placing_wins_the_race_the_sweeper_gives_nothing_up()
    {
        _shop.Payments.LosesAnswers = true;
        await _shop.Place(Given.AnOrderFor("chicken", key: "k"));
        _shop.Payments.LosesAnswers = false;
        _shop.Time.Advance(SweepAttemptsHandler.DefaultOpenFor * 2);
        _shop.Ledger.BeforeSave = async () =>
        {
            _shop.Ledger.BeforeSave = static () => Task.CompletedTask;
            await _shop.Place(Given.AnOrderFor("chicken", key: "k"));
        };

        await _shop.Sweep();

        Assert.Single(_shop.Ledger.Orders);
        Assert.Empty(_shop.Published<OrderAttemptAbandoned>());
    }

    [Fact]
    public async Task The_same_key_at_the_same_time_is_one_order_and_one_payment()
    {
        var everybodyIsIn = new Barrier(8);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            everybodyIsIn.SignalAndWait(TimeSpan.FromSeconds(10));
            return _shop.Place(Given.AnOrderFor("chicken", key: "k"));
        })));

        Assert.All(answers, static answer => Assert.Equal(new OrderId(1), answer.Value.Id));
        Assert.Single(_shop.Ledger.Orders);
        Assert.Single(_shop.Published<OrderPlaced>());
        Assert.Equal((1, 1), (_shop.Ledger.Attempts, _shop.Payments.Charges));
    }

    [Fact]
    public async Task The_same_key_for_another_order_is_refused()
    {
        await _shop.Place(Given.AnOrderFor("chicken", key: "k"));

        Assert.True((await _shop.Place(Given.AnOrderFor("chicken", quantity: 2, key: "k"))).IsError(out var refusal));

        Assert.Equal(ErrorKind.KeyReused, refusal.Kind);
    }

    [Fact]
    public async Task Keys_of_different_callers_have_nothing_to_do_with_each_other()
    {
        var mine = await _shop.Place(Given.AnOrderFor("chicken", key: "k"));
        var yours = await _shop.Place(Given.AnOrderFor("chicken", key: "k") with { Key = new RequestKey("lee", "k") });

        Assert.NotEqual(mine.Value.Id, yours.Value.Id);
    }
}
