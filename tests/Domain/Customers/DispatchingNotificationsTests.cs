using FoodDelivery.Customers;
using FoodDelivery.Tests.Domain.Customers.Doubles;
using FsCheck;
using FsCheck.Fluent;
using static FoodDelivery.Tests.Domain.Customers.Given;

namespace FoodDelivery.Tests.Domain.Customers;

public sealed class DispatchingNotificationsTests
{
    private readonly InMemoryNotifications _notifications = new();
    private readonly Provider _provider = new();
    private readonly Provider _kakao = new() { Name = "kakao" };
    private readonly InMemoryContacts _contacts = new();
    private readonly InMemoryPhones _phones = new();
    private readonly ManualTime _time = new();
    private MessageLimits _limits = new(ToPhoneADay: 1000, OfCallerADay: 1000, CodesToPhoneAnHour: 5, CodesOfCallerAnHour: 5);

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
        _time.Advance(DispatchNotificationsHandler.Claim);
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

        _time.Advance(DispatchNotificationsHandler.SendTimeout);

        Assert.Equal(2, await dispatching.WaitAsync(TimeSpan.FromSeconds(10)));
        Assert.Empty(_notifications.SentOnes);
    }

    [Fact]
    public async Task A_message_that_is_refused_for_ever_is_given_up_and_later_ones_follow()
    {
        await Write(order: 7);
        _provider.Next = static () => Provider.Answer.Refuses;
        for (var attempt = 0; attempt < DispatchNotificationsHandler.MaxAttempts; attempt++)
        {
            Assert.Equal(2, await Dispatch());
            Assert.Equal(attempt == DispatchNotificationsHandler.MaxAttempts - 1 ? 1 : 0, await Dispatch());
            _time.Advance(TimeSpan.FromMinutes(5));
        }

        _provider.Next = static () => Provider.Answer.Takes;
        while (await Dispatch() > 0)
        {
        }

        Assert.Equal([2L, 3, 4, 5], _provider.Delivered.Select(static one => one.Version));
    }

    [Fact]
    public async Task A_message_goes_where_its_recipient_is_reached_by_the_channel_that_was_chosen_for_it()
    {
        await WriteToMember();
        Choose(ContactChannel.Sms, "010-9999-8888");

        await Dispatch();

        Assert.Empty(_provider.Delivered);
        Assert.Equal("01099998888", Assert.Single(_kakao.Messages).To?.Digits);
        Assert.Equal(["kakao"], _notifications.SentBy);
    }

    [Fact]
    public async Task Who_has_opted_out_meanwhile_is_left_in_peace()
    {
        await WriteToMember();
        Choose(ContactChannel.None, "010-9999-8888");

        await Dispatch();

        Assert.Empty(_kakao.Messages);
        Assert.Equal(["none"], _notifications.SentBy);
    }

    [Fact]
    public async Task To_a_telephone_that_nobody_has_confirmed_nothing_is_sent_and_the_feed_says_so()
    {
        await WriteToMember();
        Choose(ContactChannel.Kakao, "010-9999-8888", confirmed: false);

        await Dispatch();

        Assert.Empty(_kakao.Messages);
        Assert.Equal(("none", "PHONE_NOT_CONFIRMED"), (Assert.Single(_notifications.SentBy), Assert.Single(_notifications.Refusals)));
        Assert.Equal(0, await Dispatch());
    }

    [Fact]
    public async Task The_console_is_no_telephone()
    {
        var console = new Provider { Name = Notification.Console };
        await WriteToMember();
        Choose(ContactChannel.Kakao, "010-9999-8888", confirmed: false);

        await new DispatchNotificationsHandler(_notifications, [console], _contacts, _phones, _limits, _time)
            .Handle(new DispatchNotifications(AtMost: 100, DispatchNotificationsHandler.Claim), CancellationToken.None);

        Assert.Single(console.Messages);
        Assert.Equal(["kakao"], _notifications.SentBy);
    }

    [Theory]
    [InlineData(2, 1000, "TOO_MANY_TO_PHONE")]
    [InlineData(1000, 2, "TOO_MANY_OF_CALLER")]
    public async Task What_is_over_a_days_quota_is_refused_with_a_reason_and_the_next_day_begins_anew(int toPhone, int ofCaller, string reason)
    {
        _limits = _limits with { ToPhoneADay = toPhone, OfCallerADay = ofCaller };
        for (var order = 1; order <= 3; order++)
            await WriteToMember(order);

        await Dispatch();

        Assert.Equal(2, _kakao.Messages.Count);
        Assert.Equal(["", "", reason], _notifications.Refusals.Order(StringComparer.Ordinal));
        Assert.Single(_notifications.SentBy, "none");

        _time.Advance(TimeSpan.FromDays(1));
        await WriteToMember(order: 4);
        await Dispatch();
        Assert.Equal(3, _kakao.Messages.Count);
    }

    [Fact]
    public async Task A_message_that_is_tried_again_is_counted_once()
    {
        _limits = _limits with { ToPhoneADay = 1 };
        await WriteToMember();
        _kakao.Next = static () => Provider.Answer.RefusesForAMinute;
        await Dispatch();
        _kakao.Next = static () => Provider.Answer.Takes;
        _time.Advance(TimeSpan.FromMinutes(1));

        await Dispatch();

        Assert.Equal(["kakao"], _notifications.SentBy);
    }

    [Fact]
    public async Task Who_tries_again_knows_that_it_may_have_left()
    {
        await WriteToMember();
        _kakao.Next = static () => Provider.Answer.ProcessDies;
        await Assert.ThrowsAsync<CrashException>(Dispatch);
        _kakao.Next = static () => Provider.Answer.Takes;
        _time.Advance(DispatchNotificationsHandler.Claim);

        await Dispatch();

        Assert.Equal([false, true], _kakao.Messages.Select(static message => message.MayHaveLeft));
    }

    [Fact]
    public async Task A_channel_that_wants_to_be_left_alone_for_a_while_is()
    {
        await WriteToMember();
        _kakao.Next = static () => Provider.Answer.RefusesForAMinute;
        await Dispatch();

        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(0, await Dispatch());
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await Dispatch());
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
        new DispatchNotificationsHandler(_notifications, [_provider, _kakao], _contacts, _phones, _limits, _time)
            .Handle(new DispatchNotifications(AtMost: 100, DispatchNotificationsHandler.Claim), CancellationToken.None);

    private void Choose(ContactChannel channel, string phone, bool confirmed = true) => _contacts[RecipientRole.Customer, "799273987104"] =
        new Contact(channel, PhoneNumber.TryParse(phone, out var number) ? number : default, Language.Korean) { IsConfirmed = confirmed };

    private Task WriteToMember(long order = 7)
    {
        Choose(ContactChannel.Kakao, "010-1234-5678");
        return Notifying(_notifications, _contacts).Handle(
            Changed(2, OrderStatus.Cooking, order: order) with { MembershipNumber = "799273987104" }, AnyCause, CancellationToken.None);
    }

    private async Task Write(long order)
    {
        foreach (var (status, index) in Delivery.Select(static (status, index) => (status, index)))
            await Notifying(_notifications, _contacts).Handle(Changed(index + 1, status, order: order), AnyCause, CancellationToken.None);
    }
}
