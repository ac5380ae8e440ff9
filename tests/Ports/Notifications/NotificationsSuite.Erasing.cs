using FoodDelivery.Customers;
using FoodDelivery.Kernel;
using FoodDelivery.Tests.Ports.OrderStatuses;
using FoodDelivery.Tests.Ports.Retaining;

namespace FoodDelivery.Tests.Ports.Notifications;

public abstract partial class NotificationsSuite
{
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
}
