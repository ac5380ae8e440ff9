using FoodDelivery.Customers;
using FoodDelivery.Kernel;
using FoodDelivery.Tests.Domain.Customers.Doubles;
using static FoodDelivery.Tests.Domain.Customers.Given;

namespace FoodDelivery.Tests.Domain.Customers.Members;

/// <summary>Telephones are confirmed by codes that were sent to them.</summary>
public sealed class ConfirmingPhoneTests
{
    private const string Code = "012345";
    private static readonly PhoneHolder Owner = new(RecipientRole.Owner, "2");
    private static readonly PhoneCodeTerms Terms = new(TimeSpan.FromMinutes(10), Tries: 3);
    private readonly InMemoryMembers _members = new();
    private readonly InMemoryContacts _contacts = new();
    private readonly InMemoryPhones _phones = new();
    private readonly Provider _sms = new() { Name = "sms" };
    private readonly ManualTime _time = new();
    private MessageLimits _limits = new(ToPhoneADay: 100, OfCallerADay: 100, CodesToPhoneAnHour: 20, CodesOfCallerAnHour: 20);

    [Fact]
    public async Task The_code_that_was_sent_to_it_confirms_a_members_telephone()
    {
        var kim = await Member("kim");

        var sent = (await Send(kim)).Value;
        Assert.Equal((null, Terms.Tries, Noon + Terms.ValidFor), (sent.ConfirmedAt, sent.Code!.TriesLeft, sent.Code.ExpiresAt));
        var message = Assert.Single(_sms.Messages);
        Assert.Equal(("01012345678", "code-ko", $"member-{kim.Addressee}"), (message.To?.Digits, message.Template, message.Recipient));
        Assert.Contains(Code, message.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Code, sent.Code.Hash, StringComparison.Ordinal);

        var confirmed = (await Confirm(kim, $" {Code} ")).Value;
        Assert.Equal((Noon, null), (confirmed.ConfirmedAt, confirmed.Code));
        Assert.Equal(Noon, (await Confirm(kim, "999999")).Value.ConfirmedAt);
        Assert.Equal("PHONE_CONFIRMED", (await Send(kim)).Error?.Reason);
    }

    [Fact]
    public async Task An_owners_telephone_likewise_by_who_has_the_store()
    {
        Assert.Equal(ErrorKind.NotFound, (await Send(Owner)).Error?.Kind);
        _contacts[RecipientRole.Owner, "2"] = new Contact(ContactChannel.None, default, Language.Korean);
        Assert.Equal("NO_PHONE", (await Send(Owner)).Error?.Reason);
        _contacts[RecipientRole.Owner, "2"] = new Contact(ContactChannel.Sms, Phone("010-9999-8888"), Language.English);

        Assert.Equal(ErrorKind.Forbidden, (await Send(Owner, AccessScope.OfOwner("park", 3))).Error?.Kind);
        Assert.Null((await Send(Owner, AccessScope.OfOwner("park", 2))).Error);

        Assert.StartsWith("FoodDelivery: your code", Assert.Single(_sms.Messages).Text, StringComparison.Ordinal);
        Assert.NotNull((await Confirm(Owner, Code)).Value.ConfirmedAt);
    }

    [Fact]
    public async Task Of_anothers_number_and_of_one_that_nobody_has_the_same_is_said()
    {
        var kim = await Member("kim");
        var (lee, nobody) = (AccessScope.OfCustomer("lee"), new PhoneHolder(RecipientRole.Customer, "100000000008"));

        var refusals = new[] { (await Send(kim, lee)).Error!, (await Send(nobody, lee)).Error!, (await Confirm(kim, Code, lee)).Error!, (await Confirm(nobody, Code, lee)).Error! };

        Assert.All(refusals, static refusal => Assert.Equal((ErrorKind.NotFound, "MEMBER_NOT_FOUND"), (refusal.Kind, refusal.Reason)));
        Assert.Equal(refusals[1].Message.Replace(nobody.Addressee, kim.Addressee, StringComparison.Ordinal), refusals[0].Message);
        Assert.Empty(_sms.Messages);
    }

    [Fact]
    public async Task After_so_many_wrong_codes_the_right_one_is_good_for_nothing_either()
    {
        var kim = await Member("kim");
        await Send(kim);

        for (var left = Terms.Tries - 1; left >= 0; left--)
        {
            var wrong = (await Confirm(kim, "543210")).Error!;
            Assert.Equal((ErrorKind.Invalid, "code", "WRONG_CODE"), (wrong.Kind, wrong.Field, wrong.Reason));
            Assert.Contains($"{left} tries", wrong.Message, StringComparison.Ordinal);
        }

        Assert.Equal((ErrorKind.Conflict, "NO_CODE"), await Refusal(Confirm(kim, Code)));
        await Send(kim);
        Assert.Null((await Confirm(kim, Code)).Error);
    }

    [Fact]
    public async Task Of_two_wrong_codes_at_once_each_costs_a_try()
    {
        var kim = await Member("kim");
        await Send(kim);
        _phones.BeforeNextSave = () => Confirm(kim, "111111");

        await Confirm(kim, "222222");

        Assert.Equal(Terms.Tries - 2, (await _phones.Find(kim, default))!.Code!.TriesLeft);
    }

    [Theory]
    [InlineData("")]
    [InlineData("12345")]
    [InlineData("1234567")]
    [InlineData("12345a")]
    [InlineData("１２３４５６")]
    public async Task What_is_no_code_is_refused_by_its_field_and_costs_nothing(string code)
    {
        var kim = await Member("kim");
        await Send(kim);

        Assert.Equal("code", (await Confirm(kim, code)).Error?.Field);
        Assert.Equal(Terms.Tries, (await _phones.Find(kim, default))!.Code!.TriesLeft);
    }

    [Fact]
    public async Task A_code_expires_and_a_newer_one_replaces_it()
    {
        var kim = await Member("kim");
        Assert.Equal((ErrorKind.Conflict, "NO_CODE"), await Refusal(Confirm(kim, Code)));

        await Send(kim);
        _time.Advance(Terms.ValidFor);
        Assert.Equal((ErrorKind.Conflict, "NO_CODE"), await Refusal(Confirm(kim, Code)));

        await Send(kim);
        _phones.Code = "777777";
        await Send(kim);
        Assert.Equal("WRONG_CODE", (await Confirm(kim, Code)).Error?.Reason);
        Assert.Null((await Confirm(kim, "777777")).Error);
    }

    [Fact]
    public async Task Another_telephone_is_unconfirmed_and_the_code_of_the_first_does_not_confirm_it()
    {
        var kim = await Member("kim");
        await Send(kim);

        var changed = await new ChangeMemberHandler(_members).Handle(
            new ChangeMember(kim.Addressee, null, "010-9999-8888", null, null), AccessScope.Everything, MessageContext.Command("asked"), default);

        Assert.Null(changed.Value.PhoneConfirmedAt);
        Assert.Equal((ErrorKind.Conflict, "NO_CODE"), await Refusal(Confirm(kim, Code)));
    }

    [Theory]
    [InlineData(2, 20, "TOO_MANY_TO_PHONE")]
    [InlineData(20, 2, "TOO_MANY_OF_CALLER")]
    public async Task Who_asks_too_often_is_told_when_to_ask_again(int toPhone, int ofCaller, string reason)
    {
        _limits = _limits with { CodesToPhoneAnHour = toPhone, CodesOfCallerAnHour = ofCaller };
        var kim = await Member("kim");
        await Send(kim);
        await Send(kim);
        _time.Advance(TimeSpan.FromMinutes(20));

        var refused = (await Send(kim)).Error!;

        Assert.Equal((ErrorKind.Exhausted, reason, TimeSpan.FromMinutes(40)), (refused.Kind, refused.Reason, refused.RetryAfter));
        Assert.Equal(2, _sms.Messages.Count);
        _time.Advance(TimeSpan.FromMinutes(40));
        Assert.Null((await Send(kim)).Error);
    }

    [Fact]
    public async Task A_telephone_is_left_alone_whoever_says_that_it_is_theirs()
    {
        _limits = _limits with { CodesToPhoneAnHour = 2 };
        await Send(await Member("kim"), caller: "kim");
        await Send(await Member("lee"), caller: "lee");

        Assert.Equal("TOO_MANY_TO_PHONE", (await Send(await Member("park"), caller: "park")).Error?.Reason);
    }

    [Fact]
    public async Task A_code_that_does_not_leave_is_said_to_have_not()
    {
        var kim = await Member("kim");
        _sms.Next = static () => Provider.Answer.Refuses;

        Assert.Equal((ErrorKind.Unavailable, "CODE_NOT_SENT"), await Refusal(Send(kim)));
    }

    [Fact]
    public async Task Who_has_withdrawn_has_no_telephone()
    {
        var kim = await Member("kim");
        await new WithdrawHandler(_members, _time).Handle(new Withdraw(kim.Addressee), AccessScope.Everything, MessageContext.Command("asked"), default);

        Assert.Equal((ErrorKind.Conflict, "MEMBER_WITHDRAWN"), await Refusal(Send(kim)));
    }

    private static async Task<(ErrorKind?, string?)> Refusal(Task<Result<PhoneState>> asked) => (await asked).Error is { } error ? (error.Kind, error.Reason) : (null, null);

    private static PhoneNumber Phone(string phone) => PhoneNumber.TryParse(phone, out var number) ? number : default;

    private async Task<PhoneHolder> Member(string customer)
    {
        var member = FoodDelivery.Customers.Member.SignUp(
            _members.Draw(), customer, MemberProfile.Of(customer, "010-1234-5678", ContactChannel.Sms, Language.Korean).Value, Noon);
        await _members.Add(member, null, MessageContext.Command("sign up"), default);
        return new PhoneHolder(RecipientRole.Customer, member.Number.Digits);
    }

    private ConfirmPhoneHandler Handler => new(_members, _contacts, _phones, _phones, [_sms], _phones, Terms, _limits, _time);

    private Task<Result<PhoneState>> Send(PhoneHolder holder, AccessScope? scope = null, string caller = "kim") =>
        Handler.Handle(new SendPhoneCode(holder, caller), scope ?? AccessScope.Everything, default);

    private Task<Result<PhoneState>> Confirm(PhoneHolder holder, string code, AccessScope? scope = null) =>
        Handler.Handle(new ConfirmPhone(holder, code), scope ?? AccessScope.Everything, default);
}
