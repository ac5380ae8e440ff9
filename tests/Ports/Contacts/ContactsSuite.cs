using FoodDelivery.Customers;
using FoodDelivery.Customers.Ports;
using FoodDelivery.Kernel;

namespace FoodDelivery.Tests.Ports.Contacts;

/// <summary>What every store of contacts must do.</summary>
public abstract class ContactsSuite : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly MessageContext Asked = MessageContext.Command("asked");
    private IContacts _contacts = null!;
    private IMembers _members = null!;
    private IAsyncDisposable? _owner;

    /// <summary>An empty store beside the members', and what is to be disposed of after the test.</summary>
    protected abstract Task<(IContacts Store, IMembers Members, IAsyncDisposable Owner)> Open();

    public async Task InitializeAsync() => (_contacts, _members, _owner) = await Open();

    public async Task DisposeAsync()
    {
        if (_owner is not null)
            await _owner.DisposeAsync();
    }

    [SuiteFact]
    public async Task A_member_is_reached_as_they_say_until_they_withdraw()
    {
        var profile = MemberProfile.Of("kim", "010-1234-5678", ContactChannel.Kakao, Language.English).Value;
        var member = Member.SignUp(MembershipNumber.Of(10_000_000_001), "", profile, Noon);
        await _members.Add(member, null, Asked, default);
        Assert.Equal(new Contact(ContactChannel.Kakao, profile.Phone, Language.English), await Find());

        var changed = (await _members.Find(member.Number, default))!;
        changed.Change(profile with { Channel = ContactChannel.Sms });
        await _members.Save(changed, Asked, default);
        Assert.Equal(ContactChannel.Sms, (await Find())?.Channel);

        var leaving = (await _members.Find(member.Number, default))!;
        leaving.Withdraw(Noon);
        await _members.Save(leaving, Asked, default);
        Assert.Null(await Find());

        Task<Contact?> Find() => _contacts.Find(RecipientRole.Customer, member.Number.Digits, default);
    }

    [SuiteFact]
    public async Task An_owner_is_reached_as_they_said_last()
    {
        _ = PhoneNumber.TryParse("010-1234-5678", out var phone);
        Assert.Null(await _contacts.Find(RecipientRole.Owner, "2", default));

        await _contacts.KeepOwner(new StoreId(2), new Contact(ContactChannel.Kakao, phone, Language.Korean), default);
        await _contacts.KeepOwner(new StoreId(2), new Contact(ContactChannel.None, default, Language.English), default);

        Assert.Equal(new Contact(ContactChannel.None, default, Language.English), await _contacts.Find(RecipientRole.Owner, "2", default));
        Assert.Null(await _contacts.Find(RecipientRole.Owner, "3", default));
        Assert.Null(await _contacts.Find(RecipientRole.Customer, "2", default));
    }
}
