using FoodDelivery.Customers;
using FoodDelivery.Kernel;
using FoodDelivery.Stores;
using FoodDelivery.Tests.Domain.Customers.Doubles;
using static FoodDelivery.Tests.Domain.Customers.Given;

namespace FoodDelivery.Tests.Domain.Customers;

public sealed class NotificationTests
{
    private static readonly PhoneNumber Phone = PhoneNumber.TryParse("010-1234-5678", out var phone) ? phone : default;
    private readonly InMemoryNotifications _notifications = new();
    private readonly InMemoryContacts _contacts = new();

    [Fact]
    public async Task A_paid_order_is_told_to_the_customer_and_to_the_owner()
    {
        await Notify(OrderStatus.PaySuccess);

        Assert.Equal(
            [(RecipientRole.Customer, "pay_success", "kim"), (RecipientRole.Owner, "order_get", "store-1")],
            _notifications.All.Select(static one => (one.Role, one.Status, one.Recipient)));
    }

    [Theory]
    [MemberData(nameof(OtherStatuses))]
    public async Task Any_other_change_is_told_to_the_customer_alone(OrderStatus status)
    {
        await Notify(status);

        var only = Assert.Single(_notifications.All);
        Assert.Equal((RecipientRole.Customer, status.Word(), "kim"), (only.Role, only.Status, only.Recipient));
        Assert.Contains("주문 7번", only.Text, StringComparison.Ordinal);
    }

    public static TheoryData<OrderStatus> OtherStatuses() => new(Enum.GetValues<OrderStatus>().Where(static status => status != OrderStatus.PaySuccess));

    [Fact]
    public async Task A_customer_without_a_name_is_told_by_the_order()
    {
        await Notifying(_notifications, _contacts).Handle(Changed(2, OrderStatus.Cooking, customer: ""), AnyCause, CancellationToken.None);

        Assert.Equal("customer-of-order-7", Assert.Single(_notifications.All).Recipient);
    }

    [Fact]
    public async Task The_same_change_twice_is_told_once()
    {
        await Notify(OrderStatus.PaySuccess);
        await Notify(OrderStatus.PaySuccess);

        Assert.Collection(
            _notifications.All,
            static one => Assert.Equal("order-7-1-customer", one.MessageKey),
            static one => Assert.Equal("order-7-1-owner", one.MessageKey));
    }

    [Fact]
    public async Task A_change_that_may_have_been_told_and_forgotten_is_told_to_nobody()
    {
        var time = new ManualTime();
        var changed = Changed(1, OrderStatus.PaySuccess);
        var notifying = new NotifyOfChangesHandler(_notifications, _contacts, new NotificationTerms(TimeSpan.FromDays(2)), time);
        time.Advance(TimeSpan.FromDays(2) + TimeSpan.FromMinutes(2));

        await notifying.Handle(changed, AnyCause, CancellationToken.None);
        Assert.Empty(_notifications.All);

        await notifying.Handle(changed with { Change = changed.Change with { At = changed.Change.At.AddMinutes(1) } }, AnyCause, CancellationToken.None);
        Assert.NotEmpty(_notifications.All);
    }

    [Fact]
    public async Task The_customer_reads_why()
    {
        await Notifying(_notifications, _contacts).Handle(Changed(3, OrderStatus.CancelDeclined, "이미 출발했어요"), AnyCause, CancellationToken.None);

        Assert.Equal("주문 7번은 취소할 수 없어 그대로 진행됩니다. 사유: 이미 출발했어요", Assert.Single(_notifications.All).Text);
    }

    [Fact]
    public void Several_dishes_are_summed_up_in_either_language()
    {
        var changed = Changed(1, OrderStatus.PaySuccess, lines: 3);

        Assert.Equal("새 주문 7번이 들어왔습니다: 통닭 × 2 외 2건, 합계 60,000원.", Wording.ForOwner(changed, Language.Korean).Text);
        Assert.Equal("A new order has arrived, number 7: 통닭 × 2 and 2 more, 60,000 won altogether.", Wording.ForOwner(changed, Language.English).Text);
    }

    [Fact]
    public void Every_status_is_worded_in_either_language() => Assert.All(Enum.GetValues<OrderStatus>(), static status =>
    {
        Assert.Contains("7", Wording.ForCustomer(Changed(1, status), Language.Korean).Text, StringComparison.Ordinal);
        Assert.Contains("7", Wording.ForCustomer(Changed(1, status), Language.English).Text, StringComparison.Ordinal);
    });

    [Theory]
    [InlineData(OrderStatus.PayFail)]
    [InlineData(OrderStatus.OrderRejected)]
    [InlineData(OrderStatus.CancelDeclined)]
    [InlineData(OrderStatus.OrderCancel)]
    public void A_reason_is_told(OrderStatus status)
    {
        Assert.EndsWith("사유: why not", Wording.ForCustomer(Changed(1, status, "why not"), Language.Korean).Text, StringComparison.Ordinal);
        Assert.EndsWith("Reason: why not", Wording.ForCustomer(Changed(1, status, "why not"), Language.English).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(OrderStatus.CancelRequested, false)]
    [InlineData(OrderStatus.CancelRequested, true)]
    [InlineData(OrderStatus.OrderCancel, true)]
    [InlineData(OrderStatus.Refunded, true)]
    public void What_a_customer_wrote_is_in_no_message(OrderStatus status, bool said)
    {
        var changed = Changed(3, status, "win at https://evil.example") with { IsCustomersReason = said };

        Assert.All(Enum.GetValues<Language>(), language =>
        {
            var told = Wording.ForCustomer(changed, language);
            Assert.Equal(Wording.ForCustomer(Changed(3, status), language), told);
            Assert.DoesNotContain("evil", told.Text, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Anothers_number_is_as_one_that_nobody_has()
    {
        _contacts[RecipientRole.Customer, "799273987104"] = new Contact(ContactChannel.Kakao, Phone, Language.English) { CustomerId = "lee" };
        var unknown = new InMemoryNotifications();

        await Name("799273987104", _notifications);
        await Name("100000000008", unknown);

        Assert.Equal(unknown.All, _notifications.All);
        Assert.Equal(("console", "kim"), (_notifications.All[0].Channel, _notifications.All[0].Recipient));

        Task Name(string number, InMemoryNotifications notifications) => Notifying(notifications, _contacts).Handle(
            Changed(2, OrderStatus.Cooking) with { MembershipNumber = number }, AnyCause, CancellationToken.None);
    }

    [Theory]
    [InlineData("kim")]
    [InlineData("")]
    public async Task Who_orders_with_their_own_number_is_told_and_so_is_whom_an_operator_orders_for(string customer)
    {
        _contacts[RecipientRole.Customer, "799273987104"] = new Contact(ContactChannel.Kakao, Phone, Language.English) { CustomerId = "kim" };

        await Notifying(_notifications, _contacts).Handle(
            Changed(2, OrderStatus.Cooking, customer: customer) with { MembershipNumber = "799273987104" }, AnyCause, CancellationToken.None);

        Assert.Equal("kakao", Assert.Single(_notifications.All).Channel);
    }

    [Fact]
    public void After_a_declined_cancellation_the_order_goes_on_and_does_not_begin_anew()
    {
        var goesOn = Wording.ForCustomer(Changed(5, OrderStatus.Delivering, "too late"), Language.English).Text;

        Assert.Equal("Order 7 goes on; it is shipped.", goesOn);
        Assert.NotEqual(goesOn, Wording.ForCustomer(Changed(4, OrderStatus.Delivering), Language.English).Text);
    }

    [Fact]
    public async Task An_owner_is_not_told_again_of_an_order_that_goes_on()
    {
        await Notifying(_notifications, _contacts).Handle(Changed(4, OrderStatus.PaySuccess, "too late"), AnyCause, CancellationToken.None);

        Assert.Single(await _notifications.Claim(default, default, 10, default));
    }

    [Fact]
    public async Task Who_has_chosen_is_told_by_their_channel_and_in_their_language()
    {
        _contacts[RecipientRole.Customer, "799273987104"] = new Contact(ContactChannel.Kakao, Phone, Language.English);
        _contacts[RecipientRole.Owner, "1"] = new Contact(ContactChannel.Sms, Phone, Language.Korean);

        await Notifying(_notifications, _contacts).Handle(
            Changed(1, OrderStatus.PaySuccess, customer: "") with { MembershipNumber = "7992-7398-7104" }, AnyCause, CancellationToken.None);

        Assert.Collection(
            _notifications.All,
            static one => Assert.Equal(("kakao", "paid-en", "member-799273987104", "799273987104"), (one.Channel, one.Template, one.Recipient, one.Addressee)),
            static one => Assert.Equal(("sms", "arrived-ko", "store-1", "1"), (one.Channel, one.Template, one.Recipient, one.Addressee)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nobody's")]
    [InlineData("799273987104")]
    public async Task Of_whom_nobody_knows_how_to_reach_them_the_console_tells(string number)
    {
        await Notifying(_notifications, _contacts).Handle(
            Changed(2, OrderStatus.Cooking) with { MembershipNumber = number }, AnyCause, CancellationToken.None);

        var only = Assert.Single(_notifications.All);
        Assert.Equal(("console", "", "kim"), (only.Channel, only.Addressee, only.Recipient));
    }

    [Fact]
    public void What_looks_like_a_gap_in_a_dish_stays_what_it_is()
    {
        var changed = Changed(1, OrderStatus.PaySuccess) with { Lines = [new OrderLine("#{won} #{reason}", 1, new Money(1), 1)] };

        Assert.Contains("#{won} #{reason}", Wording.ForCustomer(changed, Language.English).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_stores_software_says_is_said_in_Korean()
    {
        Assert.All(
            Enum.GetValues<TicketStatus>().Except([TicketStatus.Opened]),
            static status => Assert.DoesNotContain("already", Korean("The order is already so.", $"ALREADY_{Code(status)}"), StringComparison.Ordinal));
        Assert.EndsWith("사유: Closed today", Korean("Closed today"), StringComparison.Ordinal);
        Assert.EndsWith("사유: The moon is full.", Korean("The moon is full.", "FULL_MOON"), StringComparison.Ordinal);

        static string Korean(string reason, string code = "") =>
            Wording.ForCustomer(Changed(1, OrderStatus.CancelDeclined, reason) with { ReasonCode = code }, Language.Korean).Text;
        static string Code(TicketStatus status) => status == TicketStatus.PickedUp ? "PICKED_UP" : status.ToString().ToUpperInvariant();
    }

    private Task Notify(OrderStatus status) =>
        Notifying(_notifications, _contacts).Handle(Changed(1, status), AnyCause, CancellationToken.None);
}
