using FoodDelivery.Customers;
using FoodDelivery.Kernel;
using FoodDelivery.Tests.Domain.Customers.Doubles;
using static FoodDelivery.Tests.Domain.Customers.Given;

namespace FoodDelivery.Tests.Domain.Customers.Members;

public sealed class MemberTests
{
    private static readonly MessageContext Asked = MessageContext.Command("asked");
    private readonly InMemoryMembers _members = new();
    private readonly ManualTime _time = new();

    [Theory]
    [InlineData("김철수 🍗", "010-1234-5678", "010-1234-5678")]
    [InlineData("  Kim ", "+82 10 1234 5678", "010-1234-5678")]
    [InlineData("👩‍👩‍👧", "01012345678", "010-1234-5678")]
    [InlineData("이", "011-234-5678", "011-234-5678")]
    public async Task Who_signs_up_is_a_member(string name, string phone, string kept)
    {
        var member = (await SignUp(Profile(name, phone).Value)).Value;

        Assert.Equal((name.Trim(), kept), (member.Profile.Name, member.Profile.Phone.ToString()));
        Assert.Equal(member.Number, (await _members.Find(member.Number, default))!.Number);
    }

    [Theory]
    [InlineData("", "010-1234-5678", "name")]
    [InlineData("   ", "010-1234-5678", "name")]
    [InlineData("a\u0007b", "010-1234-5678", "name")]
    [InlineData("kim", null, "phone")]
    [InlineData("kim", "02-123-4567", "phone")]
    [InlineData("kim", "010-1234-567", "phone")]
    [InlineData("kim", "010-1234-56789", "phone")]
    [InlineData("kim", "+1 650 253 0000", "phone")]
    [InlineData("kim", "０１０-1234-5678", "phone")]
    [InlineData("kim", "010-1234-567a", "phone")]
    public void A_refusal_names_the_field(string name, string? phone, string field) => Assert.Equal(field, Profile(name, phone).Error?.Field);

    [Fact]
    public void A_name_that_is_too_long_is_refused() => Assert.Equal("name", Profile(new string('가', 101), "010-1234-5678").Error?.Field);

    [Fact]
    public async Task The_same_key_means_the_same_member()
    {
        var first = (await SignUp(key: "a")).Value;

        Assert.Equal(first.Number, (await SignUp(key: "a")).Value.Number);
        Assert.NotEqual(first.Number, (await SignUp(key: "b")).Value.Number);
        Assert.NotEqual(first.Number, (await SignUp()).Value.Number);
        Assert.Equal(ErrorKind.KeyReused, (await SignUp(Profile("Lee", "010-1234-5678").Value, key: "a")).Error?.Kind);
    }

    [Fact]
    public async Task Two_requests_under_one_key_at_once_are_one_member()
    {
        Member? other = null;
        _members.BeforeNextSave = async () => other = (await SignUp(key: "a")).Value;

        Assert.Equal((await SignUp(key: "a")).Value.Number, other!.Number);
    }

    [Fact]
    public async Task A_number_that_is_taken_is_drawn_again()
    {
        var first = (await SignUp()).Value;
        _members.Drawn.Enqueue(first.Number);

        Assert.NotEqual(first.Number, (await SignUp()).Value.Number);
    }

    [Fact]
    public async Task A_member_changes_what_they_said()
    {
        var number = (await SignUp()).Value.Number.Digits;

        var changed = (await Change(new ChangeMember(number, null, null, ContactChannel.None, Language.English))).Value;

        Assert.Equal(("kim", ContactChannel.None, Language.English), (changed.Profile.Name, changed.Profile.Channel, changed.Profile.Language));
        Assert.Equal("phone", (await Change(new ChangeMember(number, null, "1", null, null))).Error?.Field);
        Assert.Equal(ErrorKind.NotFound, (await Change(new ChangeMember("100000000008x", "x", null, null, null))).Error?.Kind);
    }

    [Fact]
    public async Task Two_changes_at_once_are_both_kept()
    {
        var number = (await SignUp()).Value.Number.Digits;
        _members.BeforeNextSave = () => Change(new ChangeMember(number, "Lee", null, null, null));

        var changed = (await Change(new ChangeMember(number, null, null, ContactChannel.Sms, null))).Value;

        Assert.Equal(("Lee", ContactChannel.Sms), (changed.Profile.Name, changed.Profile.Channel));
    }

    [Fact]
    public async Task Of_who_withdraws_only_the_number_is_left()
    {
        var number = (await SignUp(key: "a")).Value.Number;
        var withdrawn = (await Withdraw(number)).Value;
        _time.Advance(TimeSpan.FromDays(1));

        Assert.Equal(("", "", ContactChannel.None), (withdrawn.Profile.Name, withdrawn.Profile.Phone.Digits, withdrawn.Profile.Channel));
        Assert.Equal(Noon, (await Withdraw(number)).Value.WithdrawnAt);
        Assert.Equal("MEMBER_WITHDRAWN", (await Change(new ChangeMember(number.Digits, "Lee", null, null, null))).Error?.Reason);
        Assert.Equal(number, (await SignUp(key: "a")).Value.Number);
    }

    private static Result<MemberProfile> Profile(string name = "kim", string? phone = "010-1234-5678") =>
        MemberProfile.Of(name, phone, ContactChannel.Kakao, Language.Korean);

    private Task<Result<Member>> SignUp(MemberProfile? profile = null, string? key = null) => new SignUpHandler(_members, _members, _time).Handle(
        new SignUp("", profile ?? Profile().Value, key is null ? null : new RequestKey("anonymous", key)), AccessScope.Everything, Asked, default);

    private Task<Result<Member>> Change(ChangeMember command) => new ChangeMemberHandler(_members).Handle(command, AccessScope.Everything, Asked, default);

    private Task<Result<Member>> Withdraw(MembershipNumber number) => new WithdrawHandler(_members, _time).Handle(new Withdraw(number.Digits), AccessScope.Everything, Asked, default);
}
