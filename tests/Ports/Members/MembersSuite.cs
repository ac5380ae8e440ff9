using FoodDelivery.Customers;
using FoodDelivery.Customers.Ports;
using FoodDelivery.Kernel;

namespace FoodDelivery.Tests.Ports.Members;

/// <summary>What every store of members must do.</summary>
public abstract class MembersSuite : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly MessageContext Asked = MessageContext.Command("asked");
    private static readonly KeyedSignUp Request = new(new RequestKey("anonymous", "🔑 'x'"), "abc");
    private IMembers _members = null!;
    private IAsyncDisposable? _owner;

    /// <summary>An empty store, and what is to be disposed of after the test.</summary>
    protected abstract Task<(IMembers Store, IAsyncDisposable Owner)> Open();

    public async Task InitializeAsync() => (_members, _owner) = await Open();

    public async Task DisposeAsync()
    {
        if (_owner is not null)
            await _owner.DisposeAsync();
    }

    [SuiteFact]
    public async Task A_member_comes_back_as_they_were_kept()
    {
        var kept = Member(1);
        Assert.True(await _members.Add(kept, null, Asked, default));

        var found = (await _members.Find(kept.Number, default))!;

        Assert.Equal((kept.Number, kept.CustomerId, kept.Profile, kept.SignedUpAt), (found.Number, found.CustomerId, found.Profile, found.SignedUpAt));
        Assert.Equal((null, 1L, 1L), (found.WithdrawnAt, found.Version, found.LoadedVersion));
        Assert.Null(await _members.Find(Member(2).Number, default));
    }

    [SuiteFact]
    public async Task A_customers_numbers_are_found()
    {
        var (one, another) = (Member(1), Member(2));
        Assert.True(await _members.Add(one, null, Asked, default));
        Assert.True(await _members.Add(another, null, Asked, default));

        Assert.Equal([one.Number, another.Number], await _members.Of(one.CustomerId, default));
        Assert.Empty(await _members.Of("nobody", default));
    }

    [SuiteFact]
    public async Task A_number_is_given_once()
    {
        Assert.True(await _members.Add(Member(1), null, Asked, default));
        Assert.False(await _members.Add(Member(1), Request, Asked, default));

        Assert.Null(await _members.Find(Request.Key, default));
    }

    [SuiteFact]
    public async Task A_key_stands_for_one_member()
    {
        Assert.True(await _members.Add(Member(1), Request, Asked, default));
        Assert.False(await _members.Add(Member(2), Request, Asked, default));
        Assert.True(await _members.Add(Member(3), Request with { Key = Request.Key with { Caller = "other" } }, Asked, default));

        var found = (await _members.Find(Request.Key, default))!;
        Assert.Equal((Member(1).Number, "abc"), (found.Member.Number, found.Fingerprint));
    }

    [SuiteFact]
    public async Task Of_two_who_sign_up_under_one_key_at_once_one_is_kept()
    {
        var kept = await Task.WhenAll(Enumerable.Range(1, 8).Select(number => Task.Run(() => _members.Add(Member(number), Request, Asked, default))));

        Assert.Single(kept, static one => one);
    }

    [SuiteFact]
    public async Task A_change_is_kept_and_a_stale_one_is_not()
    {
        await _members.Add(Member(1), Request, Asked, default);
        var first = (await _members.Find(Member(1).Number, default))!;
        var second = (await _members.Find(Member(1).Number, default))!;
        first.Change(first.Profile with { Channel = ContactChannel.Sms, Language = Language.English });
        second.Change(second.Profile with { Name = "Lee" });

        await _members.Save(first, Asked, default);
        await Assert.ThrowsAsync<ConcurrencyException>(() => _members.Save(second, Asked, default));

        var found = (await _members.Find(Request.Key, default))!;
        Assert.Equal(first.Profile, found.Member.Profile);
        Assert.Equal("abc", found.Fingerprint);
    }

    [SuiteFact]
    public async Task Of_who_has_withdrawn_nothing_personal_is_left()
    {
        await _members.Add(Member(1), Request, Asked, default);
        var leaving = (await _members.Find(Member(1).Number, default))!;
        leaving.Withdraw(Noon.AddDays(1));
        await _members.Save(leaving, Asked, default);

        var found = (await _members.Find(Request.Key, default))!;
        Assert.Equal(("", "", Noon.AddDays(1)), (found.Member.Profile.Name, found.Member.Profile.Phone.Digits, found.Member.WithdrawnAt));
        Assert.Null(found.Fingerprint);
    }

    private static Member Member(long number) => FoodDelivery.Customers.Member.SignUp(
        MembershipNumber.Of(10_000_000_000 + number), "고객-1", MemberProfile.Of("김철수 🍗 'x'", "010-1234-5678", ContactChannel.Kakao, Language.Korean).Value, Noon);
}
