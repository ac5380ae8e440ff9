using FoodDelivery.Customers;

namespace FoodDelivery.Tests.Ports.Notifications;

public abstract partial class NotificationsSuite
{
    [SuiteFact]
    public async Task What_was_claimed_while_the_clock_was_an_hour_ahead_is_free_once_it_is_right()
    {
        await Add("a", About(1, 1));
        Assert.Single(await Claim(Noon.AddHours(1)));

        Assert.Single(await Claim(Noon));
        Assert.Empty(await Claim(Noon));
    }

    [SuiteFact]
    public async Task What_was_put_off_for_the_longest_pause_by_a_clock_that_is_ahead_a_little_is_left_alone()
    {
        await Add("a", About(1, 1));
        var claimed = Assert.Single(await Claim(Noon));
        await _notifications.Postpone(claimed, Noon.AddSeconds(30) + DispatchNotificationsHandler.MaxPause, default);

        Assert.Empty(await Claim(Noon));
    }

    [SuiteFact]
    public async Task Two_dispatchers_at_once_never_hold_the_same()
    {
        for (var order = 1; order <= 50; order++)
            await Add($"{order}", About(order, 1));

        var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Claim(atMost: 20))));

        var numbers = claims.SelectMany(static claim => claim).Select(static one => one.Number).ToList();
        Assert.Equal(numbers.Count, numbers.Distinct().Count());
        Assert.NotEmpty(numbers);
    }

    [SuiteFact]
    public async Task A_claim_that_has_run_out_is_anyones()
    {
        await Add("a", About(1, 1));
        await Claim();

        Assert.Empty(await Claim(Noon.AddSeconds(59)));
        Assert.Equal(1, Assert.Single(await Claim(Noon.AddSeconds(60))).Attempt);
    }

    [SuiteFact]
    public async Task Whoever_takes_it_up_knows_whether_anybody_has_before()
    {
        await Add("a", About(1, 1));

        Assert.False(Assert.Single(await Claim()).MayHaveLeft);
        var second = Assert.Single(await Claim(Noon.AddSeconds(60)));
        await _notifications.Postpone(second, Noon.AddSeconds(61), default);

        Assert.True(second.MayHaveLeft);
        Assert.True(Assert.Single(await Claim(Noon.AddSeconds(61))).MayHaveLeft);
    }

    [SuiteFact]
    public async Task Each_recipient_is_told_in_order()
    {
        await Add("a", About(1, 1), About(1, 1, RecipientRole.Owner));
        await Add("b", About(1, 2));

        var first = await Claim();
        Assert.Equal([1L, 1], first.Select(static one => one.Notification.Version));
        Assert.Empty(await Claim());
        await _notifications.MarkSent(first[0], "test", Noon, default);

        Assert.Equal(2, Assert.Single(await Claim()).Notification.Version);
    }

    [SuiteFact]
    public async Task Who_has_lost_the_claim_can_neither_put_it_off_nor_give_it_up_but_can_say_that_it_was_sent()
    {
        await Add("a", About(1, 1));
        var lost = Assert.Single(await Claim());
        Assert.Single(await Claim(Noon.AddSeconds(60)));

        await _notifications.Postpone(lost, Noon, default);
        await _notifications.GiveUp(lost, default);
        Assert.Empty(await Claim(Noon.AddSeconds(61)));
        Assert.Single(await Claim(Noon.AddSeconds(121)));
        await _notifications.MarkSent(lost, "test", Noon, default);

        Assert.Empty(await Claim(Noon.AddDays(1)));
        Assert.Single(await _notifications.Sent(null, null, 0, 10, default));
    }
}
