namespace FoodDelivery.Tests.Ports.Notifications;

public abstract partial class NotificationsSuite
{
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
    public async Task An_attempt_that_failed_is_counted()
    {
        await Add("a", About(1, 1));

        await _notifications.Postpone(Assert.Single(await Claim()), Noon.AddSeconds(1), default);

        Assert.Equal(2, Assert.Single(await Claim(Noon.AddSeconds(1))).Attempt);
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
}
