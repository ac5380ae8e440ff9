using FoodDelivery.Customers;
using FoodDelivery.Customers.Ports;
using FoodDelivery.Kernel;

namespace FoodDelivery.Tests.Ports.Notifications;

/// <summary>What every store of notifications must do; an adapter's tests derive from it and open theirs.</summary>
public abstract partial class NotificationsSuite : IAsyncLifetime
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

    private static Notification About(long order, long version, RecipientRole role = RecipientRole.Customer) =>
        new(new OrderId(order), version, role, "cooking", "kim", "조리 중");

    private Task Add(string eventId, params Notification[] notifications) =>
        _notifications.Add(notifications, MessageContext.Event(eventId, "customer-notifications"), default);

    private Task<IReadOnlyList<ClaimedNotification>> Claim(DateTimeOffset? now = null, int atMost = 100) =>
        _notifications.Claim(now ?? Noon, (now ?? Noon).AddSeconds(60), atMost, default);
}
