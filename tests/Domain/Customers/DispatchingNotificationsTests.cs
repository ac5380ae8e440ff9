using FoodDelivery.Customers;
using FoodDelivery.Customers.DispatchingNotifications;
using FoodDelivery.Customers.NotifyingOfChanges;
using FoodDelivery.Tests.Domain.Customers.Doubles;
using FsCheck;
using FsCheck.Fluent;
using static FoodDelivery.Tests.Domain.Customers.Given;

namespace FoodDelivery.Tests.Domain.Customers;

public sealed class DispatchingNotificationsTests
{
    private readonly InMemoryNotifications _notifications = new();
    private readonly Provider _provider = new();
    private readonly ManualTime _time = new();

    [Fact]
    public async Task What_is_pending_is_sent_in_the_order_of_its_versions()
    {
        await Write(order: 7);
        while (await Dispatch() > 0)
        {
        }

        Assert.Equal([1L, 2, 3, 4, 5], _provider.Delivered.Where(static one => one.Role == RecipientRole.Customer).Select(static one => one.Version));
        Assert.Equal(6, _notifications.SentOnes.Count);
    }

    [Fact]
    public async Task What_a_dead_dispatcher_held_is_sent_when_its_claim_has_run_out()
    {
        await Write(order: 7);
        _provider.Next = static () => Provider.Answer.ProcessDies;
        await Assert.ThrowsAsync<CrashException>(Dispatch);
        _provider.Next = static () => Provider.Answer.Takes;

        Assert.Equal(0, await Dispatch());
        _time.Advance(DispatchingNotifications.Claim);
        Assert.NotEqual(0, await Dispatch());
    }

    [Fact]
    public async Task A_channel_that_does_not_answer_is_left_at_its_deadline()
    {
        await Write(order: 7);
        _provider.Next = static () => Provider.Answer.Silent;
        var dispatching = Dispatch();
        for (var tries = 0; _time.Waiting < 2; tries++)
        {
            Assert.True(tries < 1000);
            await Task.Delay(10);
        }

        _time.Advance(DispatchingNotifications.Patience);

        Assert.Equal(2, await dispatching.WaitAsync(TimeSpan.FromSeconds(10)));
        Assert.Empty(_notifications.SentOnes);
    }

    [Fact]
    public async Task A_message_that_is_refused_for_ever_is_given_up_and_later_ones_follow()
    {
        await Write(order: 7);
        _provider.Next = static () => Provider.Answer.Refuses;
        for (var attempt = 0; attempt < DispatchingNotifications.Attempts; attempt++)
        {
            Assert.Equal(2, await Dispatch());
            Assert.Equal(attempt == DispatchingNotifications.Attempts - 1 ? 1 : 0, await Dispatch());
            _time.Advance(TimeSpan.FromMinutes(5));
        }

        _provider.Next = static () => Provider.Answer.Takes;
        while (await Dispatch() > 0)
        {
        }

        Assert.Equal([2L, 3, 4, 5], _provider.Delivered.Select(static one => one.Version));
    }

    /// <summary>Two dispatchers at once, either of which dies now and then: before the sending, after it, before it is noted.</summary>
    [Fact]
    public void Each_change_is_told_once_and_in_order_wherever_dispatchers_die()
    {
        var seeds = Gen.Choose(0, int.MaxValue - 1).ToArbitrary();

        Prop.ForAll(seeds, seed => Survives(seed).WaitAsync(TimeSpan.FromSeconds(30)).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(50));
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5394", Justification = "A test's accidents need no secrecy.")]
    private static async Task<bool> Survives(int seed)
    {
        var test = new DispatchingNotificationsTests();
        var accidents = new Random(seed);
        bool Strikes(int percent)
        {
            lock (accidents)
                return accidents.Next(100) < percent;
        }

        test._notifications.Crashes = () => Strikes(10);
        test._provider.Next = () => Strikes(10) ? Provider.Answer.ProcessDies
            : Strikes(10) ? Provider.Answer.TakesAndProcessDies
            : Strikes(10) ? Provider.Answer.Refuses
            : Provider.Answer.Takes;
        for (var order = 1; order <= 5; order++)
            await test.Write(order);

        for (var round = 0; test._notifications.AnyPending && round < 1000; round++)
        {
            await Task.WhenAll(test.DispatchOrDie(), test.DispatchOrDie());
            test._time.Advance(TimeSpan.FromSeconds(20));
        }

        var delivered = test._provider.Delivered;
        return delivered.Count == 5 * 6
            && delivered.Select(static one => one.MessageKey).Distinct(StringComparer.Ordinal).Count() == 5 * 6
            && test._notifications.SentOnes.Count == 5 * 6
            && delivered.GroupBy(static one => (one.OrderId, one.Role))
                .All(static group => group.Select(static one => one.Version).SequenceEqual(group.Select(static one => one.Version).Order()));
    }

    private async Task DispatchOrDie()
    {
        try
        {
            await Dispatch();
        }
        catch (CrashException)
        {
            // Its successor starts with the next round.
        }
    }

    private Task<int> Dispatch() =>
        new DispatchingNotifications(_notifications, _provider, _time)
            .Handle(new DispatchNotifications(AtMost: 100, DispatchingNotifications.Claim), CancellationToken.None);

    private async Task Write(long order)
    {
        foreach (var (status, index) in Delivery.Select(static (status, index) => (status, index)))
            await new NotifyingOfChanges(_notifications).Handle(Changed(index + 1, status, order: order), AnyCause, CancellationToken.None);
    }
}
