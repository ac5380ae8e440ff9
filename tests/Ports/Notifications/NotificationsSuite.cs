using FoodDelivery.Customers;
using FoodDelivery.Customers.Ports;
using FoodDelivery.Kernel;
using FoodDelivery.Tests.Ports.OrderStatuses;
using FoodDelivery.Tests.Ports.Retaining;

namespace FoodDelivery.Tests.Ports.Notifications;

/// <summary>What every store of notifications must do; an adapter's tests derive from it and open theirs.</summary>
public abstract class NotificationsSuite : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);
    private INotifications _notifications = null!;
    private IAsyncDisposable? _owner;

    /// <summary>An empty store, and what is to be disposed of after the test.</summary>
    protected abstract Task<(INotifications Store, IAsyncDisposable Owner)> Open();

    public async Task InitializeAsync() => (_notifications, _owner) = await Open();

    public async Task DisposeAsync()
    {
        if (_owner is not null)
            await _owner.DisposeAsync();
    }

    [SuiteFact]
    public async Task What_was_written_is_claimed_as_it_was_written()
    {
        var written = new Notification(new OrderId(1), 1, RecipientRole.Owner, "order_get", "store-1", "새 주문 1번 🍗 'x'")
        {
            Addressee = "1",
            Channel = "kakao",
            Template = "arrived-ko",
        };
        await Add("a", written);

        var claimed = Assert.Single(await Claim());

        Assert.Equal(written, claimed.Notification);
        Assert.Equal(1, claimed.Attempt);
    }

    [SuiteFact]
    public async Task What_was_sent_long_ago_is_let_go_and_what_was_not_sent_is_not()
    {
        var (now, services) = (TimeProvider.System.GetUtcNow(), ((CustomerStores)_owner!).Services);
        for (var order = 1; order <= 4; order++)
            await Add($"{order}", About(order, 1));
        foreach (var claimed in await Claim())
        {
            switch (claimed.Notification.OrderId.Value)
            {
                case 1:
                    await _notifications.MarkSent(claimed, "console", now.AddDays(-92), default);
                    break;
                case 2:
                    await _notifications.GiveUp(claimed, default);
                    break;
                case 3:
                    await _notifications.MarkSent(claimed, "console", now.AddDays(-90), default);
                    break;
            }
        }

        await services.Prune(until: async () => Assert.Equal([2, 3, 4], await services.Numbers("select order_id from notifications order by order_id")));
    }

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
    public async Task An_event_delivered_twice_is_written_once()
    {
        await Add("a", About(1, 1));
        await Add("a", About(1, 1));

        Assert.Single(await Claim());
        Assert.Empty(await Claim());
    }

    [SuiteFact]
    public async Task A_change_published_twice_under_two_ids_is_written_once()
    {
        await Add("a", About(1, 1));
        await Add("b", About(1, 1));

        Assert.Single(await Claim());
    }

    [SuiteFact]
    public async Task An_event_delivered_again_after_the_sending_is_not_sent_again()
    {
        await Add("a", About(1, 1));
        await _notifications.MarkSent(Assert.Single(await Claim()), "test", Noon, default);

        await Add("a", About(1, 1));
        await Add("b", About(1, 1));

        Assert.Empty(await Claim(Noon.AddDays(1)));
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
    public async Task What_was_given_up_is_listed_and_can_be_tried_again()
    {
        for (var order = 1; order <= 3; order++)
            await Add($"{order}", About(order, 1));
        foreach (var claimed in await Claim())
            await _notifications.GiveUp(claimed, default);

        var page = await _notifications.UndeliveredPage(0, 2, default);
        Assert.Equal((3, 2), (page.Total, page.Items.Count));
        Assert.Equal(1, await _notifications.Retry(page.Items[1].Number, default));
        Assert.Equal(0, await _notifications.Retry(page.Items[1].Number, default));
        var again = Assert.Single(await Claim());
        Assert.Equal((2, 1, true), (again.Notification.OrderId.Value, again.Attempt, again.MayHaveLeft));
        Assert.Equal(2, await _notifications.Retry(null, default));
        Assert.Equal(0, (await _notifications.UndeliveredPage(0, 2, default)).Total);
        Assert.Equal(2, (await Claim()).Count);
    }

    [SuiteFact]
    public async Task What_a_customer_was_told_is_erased_and_what_has_not_left_is_told_to_nobody()
    {
        await Add("a", About(1, 1), About(1, 1, RecipientRole.Owner));
        foreach (var claimed in await Claim())
            await _notifications.MarkSent(claimed, "test", Noon, default);
        await Add("b", About(1, 2), About(2, 1));

        await _notifications.EraseTexts(new OrderId(1), default);

        Assert.Equal(2, Assert.Single(await Claim()).Notification.OrderId.Value);
        var sent = await _notifications.Sent(new OrderId(1), null, 0, 10, default);
        var toCustomer = Assert.Single(sent, static one => one.Notification.Role == RecipientRole.Customer).Notification;
        Assert.Equal(("erased", "erased", ""), (toCustomer.Recipient, toCustomer.Text, toCustomer.Addressee));
        Assert.Equal(About(1, 1, RecipientRole.Owner).Text, Assert.Single(sent, static one => one.Notification.Role == RecipientRole.Owner).Notification.Text);
    }

    [SuiteFact]
    public async Task An_attempt_that_failed_is_counted()
    {
        await Add("a", About(1, 1));

        await _notifications.Postpone(Assert.Single(await Claim()), Noon.AddSeconds(1), default);

        Assert.Equal(2, Assert.Single(await Claim(Noon.AddSeconds(1))).Attempt);
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
    public async Task One_that_is_put_off_comes_again_and_one_given_up_does_not()
    {
        await Add("a", About(1, 1));
        await Add("b", About(2, 1));
        var claimed = await Claim();
        await _notifications.Postpone(claimed[0], Noon.AddSeconds(5), default);
        await _notifications.GiveUp(claimed[1], default);

        Assert.Empty(await Claim(Noon.AddSeconds(4)));
        Assert.Equal(1, Assert.Single(await Claim(Noon.AddSeconds(5))).Notification.OrderId.Value);
        Assert.Empty((await _notifications.SentPage(null, null, 0, 20, default)).Items);
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

    [SuiteFact]
    public async Task What_was_noted_as_sent_first_stays_so()
    {
        await Add("a", About(1, 1));
        var claimed = Assert.Single(await Claim());
        await _notifications.MarkSent(claimed, "test", Noon, default);
        await _notifications.MarkSent(claimed, "other", Noon.AddDays(1), default);

        var sent = Assert.Single(await _notifications.Sent(new OrderId(1), null, 0, 10, default));
        Assert.Equal(("test", Noon), (sent.Channel, sent.SentAt));
    }

    [SuiteFact]
    public async Task What_is_refused_stands_in_the_feed_with_the_reason_and_is_not_sent()
    {
        await Add("a", About(1, 1), About(1, 1, RecipientRole.Owner) with { Caller = "김" });
        var claimed = await Claim();
        Assert.Equal(["", "김"], claimed.Select(static one => one.Notification.Caller));
        await _notifications.Refuse(claimed[0] with { Claim = "lost" }, "PHONE_NOT_CONFIRMED", Noon, default);
        await _notifications.MarkSent(claimed[1], "test", Noon, default);
        Assert.Equal("", Assert.Single(await _notifications.Sent(null, null, 0, 10, default)).Refusal);

        await _notifications.Refuse(claimed[0], "PHONE_NOT_CONFIRMED", Noon, default);
        await _notifications.Refuse(claimed[1], "TOO_MANY_TO_PHONE", Noon, default);

        var feed = await _notifications.Sent(null, null, 0, 10, default);
        Assert.Equal([("none", "PHONE_NOT_CONFIRMED", Noon), ("test", "", Noon)], feed.Select(static one => (one.Channel, one.Refusal, one.SentAt)));
        Assert.Empty(await Claim(Noon.AddDays(1)));
    }

    [SuiteFact]
    public async Task The_feed_shows_what_was_sent_oldest_first_and_by_pages()
    {
        for (var order = 1; order <= 5; order++)
            await Add($"{order}", About(order, 1));
        foreach (var claimed in (await Claim()).Skip(1))
            await _notifications.MarkSent(claimed, "test", Noon, default);

        var first = await _notifications.Sent(null, null, 0, 2, default);
        Assert.Equal([2L, 3], first.Select(static sent => sent.Notification.OrderId.Value));
        Assert.Equal([4L, 5], (await _notifications.Sent(null, null, first[1].Number, 10, default)).Select(static sent => sent.Notification.OrderId.Value));
        var page = await _notifications.SentPage(null, null, 1, 3, default);
        Assert.Equal([5L], page.Items.Select(static sent => sent.Notification.OrderId.Value));
        Assert.Equal(4, page.Total);
        Assert.Equal(1, (await _notifications.SentPage(new OrderId(3), null, 0, 10, default)).Total);
    }

    [SuiteFact]
    public async Task Pages_of_what_one_role_was_told_are_as_long_as_any()
    {
        foreach (var version in Enumerable.Range(1, 4))
        {
            await Add($"{version}", About(1, version), About(1, version, RecipientRole.Owner));
            foreach (var claimed in await Claim())
                await _notifications.MarkSent(claimed, "test", Noon, default);
        }

        var page = await _notifications.SentPage(new OrderId(1), RecipientRole.Customer, 1, 3, default);
        Assert.Equal((4L, 4), (Assert.Single(page.Items).Notification.Version, page.Total));
        var first = await _notifications.Sent(new OrderId(1), RecipientRole.Customer, 0, 3, default);
        Assert.Equal([1L, 2, 3], first.Select(static sent => sent.Notification.Version));
        Assert.All(first, static sent => Assert.Equal(RecipientRole.Customer, sent.Notification.Role));
        Assert.Equal(8, (await _notifications.SentPage(null, null, 0, 1, default)).Total);
    }

    private static Notification About(long order, long version, RecipientRole role = RecipientRole.Customer) =>
        new(new OrderId(order), version, role, "cooking", "kim", "조리 중");

    private Task Add(string eventId, params Notification[] notifications) =>
        _notifications.Add(notifications, MessageContext.Event(eventId, "customer-notifications"), default);

    private Task<IReadOnlyList<ClaimedNotification>> Claim(DateTimeOffset? now = null, int atMost = 100) =>
        _notifications.Claim(now ?? Noon, (now ?? Noon).AddSeconds(60), atMost, default);
}
