using FoodDelivery.Customers;
using FsCheck;
using FsCheck.Fluent;

namespace FoodDelivery.Tests.Domain.Customers.Members;

public sealed class MembershipNumberTests
{
    private static readonly Arbitrary<MembershipNumber> Numbers =
        Gen.Choose(0, int.MaxValue - 1).Select(static number => MembershipNumber.Of(10_000_000_000 + (number * 41L))).ToArbitrary();

    [Theory]
    [InlineData(79_927_398_710, "799273987104")]
    [InlineData(10_000_000_000, "100000000008")]
    public void Its_last_digit_checks_the_others(long body, string whole) => Assert.Equal(whole, MembershipNumber.Of(body).Digits);

    [Fact]
    public void It_is_read_as_people_write_it() => Prop.ForAll(Numbers, static number =>
        Read(number.Digits) == number
        && Read($" {number.Digits[..4]}-{number.Digits[4..8]} {number.Digits[8..]}") == number).QuickCheckThrowOnFailure();

    [Fact]
    public void One_wrong_digit_is_noticed() => Prop.ForAll(Numbers, Gen.Choose(0, 11).ToArbitrary(), Gen.Choose(1, 9).ToArbitrary(), static (number, place, by) =>
    {
        var digits = number.Digits.ToCharArray();
        digits[place] = (char)('0' + ((digits[place] - '0' + by) % 10));
        return Read(new string(digits)) is null;
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("M-1")]
    [InlineData("79927398710")]
    [InlineData("7992739871047")]
    [InlineData("７９９２７３９８７１０４")]
    [InlineData("799273987104x")]
    public void What_no_member_can_have_is_no_number(string? written) => Assert.Null(Read(written));

    private static MembershipNumber? Read(string? written) => MembershipNumber.TryParse(written, out var number) ? number : null;
}
