using FoodDelivery.Customers;
using FoodDelivery.Kernel;

namespace FoodDelivery.Tests.Ports.Notifications;

public abstract partial class NotificationsSuite
{
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
}
