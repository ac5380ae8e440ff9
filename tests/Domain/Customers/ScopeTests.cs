using FoodDelivery.Customers;
using FoodDelivery.Kernel;
using FoodDelivery.Tests.Domain.Customers.Doubles;
using static FoodDelivery.Tests.Domain.Customers.Given;

namespace FoodDelivery.Tests.Domain.Customers;

/// <summary>The use cases decide by the caller's scope: what lies beyond it is not there.</summary>
public sealed class ScopeTests
{
    private static readonly AccessScope Kim = AccessScope.OfCustomer("kim");
    private static readonly AccessScope Lee = AccessScope.OfCustomer("lee");
    private readonly InMemoryStatuses _statuses = new();
    private readonly InMemoryNotifications _notifications = new();
    private readonly InMemoryMembers _members = new();
    private readonly InMemoryContacts _contacts = new();
    private readonly ManualTime _time = new();

    [Fact]
    public async Task Anothers_order_is_not_found()
    {
        await _statuses.Apply(Changed(1, OrderStatus.PaySuccess), default);
        var handler = new GetStatusHandler(_statuses);

        Assert.Equal(Order, (await handler.Handle(Order, Kim, default)).Value.OrderId);
        Assert.Equal(Order, (await handler.Handle(Order, AccessScope.Everything, default)).Value.OrderId);
        Assert.Equal((await handler.Handle(new(8), Lee, default)).Error?.Reason, (await handler.Handle(Order, Lee, default)).Error?.Reason);
        Assert.Equal(ErrorKind.Invalid, (await handler.Handle(new(0), Lee, default)).Error?.Kind);
    }

    [Fact]
    public async Task A_customer_lists_its_own_orders_and_may_name_nobody_else()
    {
        await _statuses.Apply(Changed(1, OrderStatus.PaySuccess, order: 1, customer: "kim"), default);
        await _statuses.Apply(Changed(1, OrderStatus.PaySuccess, order: 2, customer: "lee"), default);
        var handler = new ListStatusesHandler(_statuses);

        var own = (await handler.Handle(new ListStatuses(null, null, 10), Kim, default)).Value;
        Assert.Equal(("kim", 1L), (own.Customer, Assert.Single(own.Items).OrderId.Value));
        Assert.Equal(2, (await handler.Handle(new PageStatuses("", 0, 10), AccessScope.Everything, default)).Value.Total);
        var refused = (await handler.Handle(new PageStatuses("lee", 0, 10), Kim, default)).Error;
        Assert.Equal((ErrorKind.Forbidden, "customerId"), (refused?.Kind, refused?.Field));
    }

    [Fact]
    public async Task A_customer_is_shown_what_was_sent_to_it_about_an_order_of_its_own()
    {
        await _statuses.Apply(Changed(1, OrderStatus.PaySuccess), default);
        await Notifying(_notifications, _contacts).Handle(Changed(1, OrderStatus.PaySuccess), AnyCause, default);
        foreach (var claimed in await _notifications.Claim(default, default, 10, default))
            await _notifications.MarkSent(claimed, "console", Noon, default);
        var handler = new ListNotificationsHandler(_notifications, _statuses);

        Assert.Equal(2, (await handler.Handle(new ListNotifications(null, 0, 10), AccessScope.Everything, default)).Value.Items.Count);
        var own = (await handler.Handle(new PageNotifications(Order, 0, 10), Kim, default)).Value;
        Assert.Equal(RecipientRole.Customer, Assert.Single(own.Items).Notification.Role);
        Assert.Equal(ErrorKind.NotFound, (await handler.Handle(new PageNotifications(Order, 0, 10), Lee, default)).Error?.Kind);
        Assert.Equal("orderId", (await handler.Handle(new ListNotifications(null, 0, 10), Kim, default)).Error?.Field);
        Assert.Equal(ErrorKind.Forbidden, (await new UndeliveredHandler(_notifications).Handle(new RetryUndelivered(null), Kim, default)).Error?.Kind);
    }

    [Fact]
    public async Task Another_member_is_not_found_and_not_changed()
    {
        var profile = MemberProfile.Of("kim", "010-1234-5678", ContactChannel.None, Language.Korean).Value;
        var signUp = new SignUpHandler(_members, _members, _time);
        var number = (await signUp.Handle(new SignUp("", profile, null), Kim, AnyCause, default)).Value.Number.Digits;

        Assert.Equal("kim", (await new GetMemberHandler(_members).Handle(number, Kim, default)).Value.CustomerId);
        Assert.Equal(0, (await new GetPointsHandler(_members, _members).Handle(new GetPoints(number, 0, 10), Kim, default)).Value.Points);
        ErrorKind?[] refusals =
        [
            (await new GetMemberHandler(_members).Handle(number, Lee, default)).Error?.Kind,
            (await new GetPointsHandler(_members, _members).Handle(new GetPoints(number, 0, 10), Lee, default)).Error?.Kind,
            (await new ChangeMemberHandler(_members).Handle(new ChangeMember(number, "lee", null, null, null), Lee, AnyCause, default)).Error?.Kind,
            (await new WithdrawHandler(_members, _time).Handle(new Withdraw(number), Lee, AnyCause, default)).Error?.Kind,
        ];
        Assert.All(refusals, static kind => Assert.Equal(ErrorKind.NotFound, kind));
        var member = (await new GetMemberHandler(_members).Handle(number, Kim, default)).Value;
        Assert.Equal(("kim", null), (member.Profile.Name, member.WithdrawnAt));
        Assert.Equal(ErrorKind.Forbidden, (await signUp.Handle(new SignUp("kim", profile, null), Lee, AnyCause, default)).Error?.Kind);
    }

    [Fact]
    public async Task An_owner_reads_and_changes_its_own_contact_alone()
    {
        var owner = AccessScope.OfOwner("park", 1);
        var change = new ChangeOwnerContactHandler(_contacts);
        var get = new GetOwnerContactHandler(_contacts);

        Assert.Equal(ErrorKind.NotFound, (await get.Handle(new GetOwnerContact(new(1)), owner, default)).Error?.Kind);
        Assert.Null((await change.Handle(new ChangeOwnerContact(new(1), null, ContactChannel.None, Language.English), owner, default)).Error);
        Assert.Equal(Language.English, (await get.Handle(new GetOwnerContact(new(1)), owner, default)).Value.Language);
        Assert.Equal(ErrorKind.Forbidden, (await get.Handle(new GetOwnerContact(new(2)), owner, default)).Error?.Kind);
        Assert.Equal(
            "NO_STORE",
            (await change.Handle(new ChangeOwnerContact(new(1), null, ContactChannel.None, Language.English), Kim, default)).Error?.Reason);
    }
}
