using FoodDelivery.Customers;
using FoodDelivery.Kernel;
using FoodDelivery.Tests.Domain.Customers.Doubles;
using FsCheck;
using FsCheck.Fluent;
using static FoodDelivery.Tests.Domain.Customers.Given;

namespace FoodDelivery.Tests.Domain.Customers.Points;

public sealed class CollectingPointsTests
{
    private static readonly OrderStatus[] Refund = [OrderStatus.PaySuccess, OrderStatus.OrderReceived, OrderStatus.OrderCancel, OrderStatus.Refunded];
    private readonly InMemoryMembers _members = new();

    [Fact]
    public async Task An_accepted_order_brings_points_once()
    {
        var member = await Member();

        await Follow(member, Delivery);
        await Follow(member, Delivery, again: "-again");

        Assert.Equal(200, _members.Sum(member));
        Assert.Equal(PointsChangeKind.Earned, Assert.Single(_members.Changes).Kind);
    }

    [Fact]
    public async Task A_refund_takes_them_back_once()
    {
        var member = await Member();

        await Follow(member, Refund);
        await Follow(member, Refund, again: "-again");

        Assert.Equal([200L, -200], _members.Changes.Select(static change => change.Points));
    }

    [Fact]
    public async Task A_rejected_order_brings_none()
    {
        var member = await Member();

        await Follow(member, [OrderStatus.PaySuccess, OrderStatus.OrderRejected, OrderStatus.Refunded]);

        Assert.Equal(0, _members.Sum(member));
    }

    [Fact]
    public async Task An_acceptance_that_fell_into_a_declined_cancellation_is_not_missed()
    {
        var member = await Member();

        await Follow(member, [OrderStatus.PaySuccess, OrderStatus.CancelRequested, OrderStatus.CancelDeclined, OrderStatus.Cooking]);

        Assert.Equal(200, _members.Sum(member));
    }

    [Theory]
    [InlineData("")]
    [InlineData("M-1")]
    [InlineData("100000000008")]
    [InlineData("🍗")]
    public async Task A_number_that_nobody_has_brings_none(string number)
    {
        foreach (var changed in History(Refund))
            await Follow(changed with { MembershipNumber = number }, "");

        Assert.Empty(_members.Changes);
    }

    [Theory]
    [InlineData("lee", 0)]
    [InlineData("kim", 200)]
    [InlineData("", 200)]
    public async Task A_number_collects_for_its_members_own_orders(string customer, long points)
    {
        var member = await Member("kim");

        foreach (var changed in History(Delivery))
            await Follow(changed with { MembershipNumber = member.Digits, CustomerId = customer }, "");

        Assert.Equal(points, _members.Sum(member));
    }

    [Fact]
    public async Task What_was_accepted_before_a_withdrawal_counts_whenever_it_becomes_known()
    {
        var member = await Member();
        await Withdraw(member, Noon.AddMinutes(2.5));

        await Follow(member, [OrderStatus.PaySuccess, OrderStatus.OrderReceived]);
        await Follow(Changed(3, OrderStatus.OrderReceived, order: 8) with { MembershipNumber = member.Digits }, "");

        Assert.Equal(new OrderId(7), Assert.Single(_members.Changes).Order);
    }

    [Fact]
    public async Task Two_handlers_of_one_order_at_once_end_as_if_one_had_come_first()
    {
        var member = await Member();
        var history = History(Refund).Select(changed => changed with { MembershipNumber = member.Digits }).ToArray();
        _members.BeforeNextSave = () => Follow(history[3], "");

        await Follow(history[1], "");

        Assert.Equal(0, _members.Sum(member));
        await Follow(history[1], "-again");
        Assert.Equal(0, _members.Sum(member));
    }

    /// <summary>Orders of two members live and end, one member withdraws; every change comes once to three times, in any order.</summary>
    [Fact]
    public void The_sum_is_what_the_orders_that_were_kept_are_worth_however_their_changes_come()
    {
        var walks = (from ends in Gen.Elements(Delivery, Refund, [OrderStatus.PaySuccess], [OrderStatus.PaySuccess, OrderStatus.OrderRejected, OrderStatus.Refunded]).ListOf(6)
                     from seed in Gen.Choose(0, int.MaxValue - 1)
                     from left in Gen.Choose(0, 12)
                     select (ends, seed, left)).ToArbitrary();

        Prop.ForAll(walks, static walk => Walk([.. walk.ends], walk.seed, walk.left).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(200).WithQuietOnSuccess(true));
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5394", Justification = "A test's accidents need no secrecy.")]
    private static async Task<bool> Walk(OrderStatus[][] lives, int seed, int left)
    {
        var test = new CollectingPointsTests();
        MembershipNumber[] members = [await test.Member(), await test.Member()];
        var withdrawnAt = Noon.AddMinutes(left / 2.0);
        await test.Withdraw(members[1], withdrawnAt);
        var changes = lives.SelectMany((life, index) => life.Select((status, at) =>
            Changed(at + 1, status, order: index + 1) with { MembershipNumber = members[index % 2].Digits })).ToArray();
        var random = new Random(seed);
        var deliveries = changes.SelectMany(changed => Enumerable.Repeat(changed, random.Next(1, 4))).ToArray();
        random.Shuffle(deliveries);

        foreach (var (changed, index) in deliveries.Select(static (changed, index) => (changed, index)))
            await test.Follow(changed, random.Next(2) == 0 ? "" : $"-{index}");

        long Expected(int member) => 200 * lives.Where((life, index) => index % 2 == member
            && life.Contains(OrderStatus.OrderReceived) && !life.Contains(OrderStatus.Refunded)
            && (member == 0 || withdrawnAt > Noon.AddMinutes(2))).Count();
        return test._members.Sum(members[0]) == Expected(0) && test._members.Sum(members[1]) == Expected(1)
            && test._members.Changes.GroupBy(static change => (change.Order, change.Kind)).All(static same => same.Count() == 1);
    }

    private async Task<MembershipNumber> Member(string customer = "")
    {
        var member = FoodDelivery.Customers.Member.SignUp(
            _members.Draw(), customer, MemberProfile.Of("kim", "010-1234-5678", ContactChannel.Kakao, Language.Korean).Value, Noon);
        await _members.Add(member, null, MessageContext.Command("sign up"), default);
        return member.Number;
    }

    private async Task Withdraw(MembershipNumber number, DateTimeOffset at)
    {
        var member = (await _members.Find(number, default))!;
        member.Withdraw(at);
        await _members.Save(member, MessageContext.Command("withdraw"), default);
    }

    private async Task Follow(MembershipNumber member, OrderStatus[] life, string again = "")
    {
        foreach (var changed in History(life))
            await Follow(changed with { MembershipNumber = member.Digits }, again);
    }

    private Task Follow(OrderStatusChanged changed, string again) => new CollectPointsHandler(_members, _members, PointsRule.Default).Handle(
        changed, MessageContext.Event($"{changed.OrderId}-{changed.Change.Version}{again}", "customer-points"), default);
}
