using FoodDelivery.Customers;
using FoodDelivery.Customers.Ports;
using FoodDelivery.Kernel;
using FoodDelivery.Tests.Ports.OrderStatuses;
using FoodDelivery.Tests.Ports.Retaining;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Tests.Ports.Phones;

/// <summary>What every store of confirmations and of counts must do, beside the members and contacts that it shares a database with.</summary>
public abstract class PhonesSuite : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly MessageContext Asked = MessageContext.Command("asked");
    private static readonly PhoneCodeTerms Terms = new(TimeSpan.FromMinutes(10), Tries: 5);
    private CustomerStores _stores = null!;

    private IPhoneConfirmations Confirmations => _stores.Services.GetRequiredService<IPhoneConfirmations>();

    private IMembers Members => _stores.Services.GetRequiredService<IMembers>();

    private IContacts Contacts => _stores.Services.GetRequiredService<IContacts>();

    private IMessageCounts Counts => _stores.Services.GetRequiredService<IMessageCounts>();

    private protected abstract Task<CustomerStores> Open();

    public async Task InitializeAsync() => _stores = await Open();

    public async Task DisposeAsync() => await _stores.DisposeAsync();

    [SuiteFact]
    public async Task A_confirmation_comes_back_as_it_was_kept()
    {
        var holder = new PhoneHolder(RecipientRole.Owner, "2");
        Assert.Null(await Confirmations.Find(holder, default));
        var kept = PhoneConfirmation.Of(holder);
        kept.Expect(Phone("010-1234-5678"), "012345", Terms, Noon);
        await Confirmations.Save(kept, default);

        var found = (await Confirmations.Find(holder, default))!;
        Assert.Equal((holder, kept.Phone, kept.Code, null, 1L), (found.Holder, found.Phone, found.Code, found.ConfirmedAt, found.LoadedVersion));
        Assert.Null(await Confirmations.Find(holder with { Role = RecipientRole.Customer }, default));

        Assert.Equal("WRONG_CODE", found.Try(found.Phone, "999999", Noon).Error?.Reason);
        Assert.Null(found.Try(found.Phone, "012345", Noon).Error);
        await Confirmations.Save(found, default);
        found = (await Confirmations.Find(holder, default))!;
        Assert.Equal((null, Noon, 3L), (found.Code, found.ConfirmedAt, found.Version));
    }

    [SuiteFact]
    public async Task Of_two_who_change_it_at_once_one_has_to_begin_again()
    {
        var holder = new PhoneHolder(RecipientRole.Owner, "2");
        PhoneConfirmation Begun()
        {
            var one = PhoneConfirmation.Of(holder);
            one.Expect(Phone("010-1234-5678"), "012345", Terms, Noon);
            return one;
        }

        await Confirmations.Save(Begun(), default);
        await Assert.ThrowsAsync<ConcurrencyException>(() => Confirmations.Save(Begun(), default));
        var (first, second) = ((await Confirmations.Find(holder, default))!, (await Confirmations.Find(holder, default))!);
        first.Try(first.Phone, "999999", Noon);
        second.Try(second.Phone, "888888", Noon);
        await Confirmations.Save(first, default);
        await Assert.ThrowsAsync<ConcurrencyException>(() => Confirmations.Save(second, default));
    }

    [SuiteFact]
    public async Task A_members_telephone_is_confirmed_until_they_have_another()
    {
        var member = Member.SignUp(MembershipNumber.Of(10_000_000_001), "kim", Profile("010-1234-5678"), Noon);
        await Members.Add(member, null, Asked, default);
        Assert.Equal((null, false), await Confirmed());

        await _stores.Services.Confirm(new PhoneHolder(RecipientRole.Customer, member.Number.Digits), member.Profile.Phone);
        Assert.Equal((Noon, true), await Confirmed());

        await Change(Profile("010-1234-5678") with { Channel = ContactChannel.Sms });
        Assert.Equal((Noon, true), await Confirmed());
        await Change(Profile("010-9999-8888"));
        Assert.Equal((null, false), await Confirmed());

        // Whoever had the first number may have lost it meanwhile.
        await Change(Profile("010-1234-5678"));
        Assert.Equal((null, false), await Confirmed());

        async Task<(DateTimeOffset?, bool)> Confirmed() => (
            (await Members.Find(member.Number, default))!.PhoneConfirmedAt,
            (await Contacts.Find(RecipientRole.Customer, member.Number.Digits, default))!.IsConfirmed);

        async Task Change(MemberProfile profile)
        {
            var changed = (await Members.Find(member.Number, default))!;
            changed.Change(profile);
            await Members.Save(changed, Asked, default);
        }
    }

    [SuiteFact]
    public async Task Of_who_has_withdrawn_the_confirmation_is_gone()
    {
        var member = Member.SignUp(MembershipNumber.Of(10_000_000_001), "kim", Profile("010-1234-5678"), Noon);
        await Members.Add(member, null, Asked, default);
        await _stores.Services.Confirm(new PhoneHolder(RecipientRole.Customer, member.Number.Digits), member.Profile.Phone);

        var leaving = (await Members.Find(member.Number, default))!;
        leaving.Withdraw(Noon);
        await Members.Save(leaving, Asked, default);

        Assert.Equal([0], await _stores.Services.Numbers("select count(*) from phone_confirmations"));
    }

    [SuiteFact]
    public async Task An_owners_telephone_is_confirmed_until_they_have_another()
    {
        await Contacts.KeepOwner(new StoreId(2), new Contact(ContactChannel.Sms, Phone("010-1234-5678"), Language.Korean), default);
        await _stores.Services.Confirm(new PhoneHolder(RecipientRole.Owner, "2"), Phone("010-1234-5678"));
        Assert.True((await Contacts.Find(RecipientRole.Owner, "2", default))!.IsConfirmed);

        await Contacts.KeepOwner(new StoreId(2), new Contact(ContactChannel.Kakao, Phone("010-1234-5678"), Language.Korean), default);
        Assert.True((await Contacts.Find(RecipientRole.Owner, "2", default))!.IsConfirmed);
        await Contacts.KeepOwner(new StoreId(2), new Contact(ContactChannel.Sms, Phone("010-9999-8888"), Language.Korean), default);
        Assert.False((await Contacts.Find(RecipientRole.Owner, "2", default))!.IsConfirmed);
    }

    [SuiteFact]
    public async Task Many_at_once_take_as_many_as_there_is_room_for()
    {
        var (phone, kim, lee) = (Room("phone", 10), Room("kim", 7), Room("lee", 100));

        var taken = await Task.WhenAll(Enumerable.Range(0, 30).Select(number => Task.Run(() => Counts.Take(number % 2 == 0 ? [phone, kim] : [lee, phone], default))));

        Assert.Equal(10, taken.Count(static full => full is null));
        Assert.Equal(phone, await Counts.Take([lee, phone], default));
        Assert.Null(await Counts.Take([lee], default));
        Assert.Null(await Counts.Take([phone with { EndsAt = phone.EndsAt.AddDays(1) }], default));
    }

    [SuiteFact]
    public async Task What_is_refused_for_one_is_counted_for_none()
    {
        var (full, roomy) = (Room("full", 1), Room("roomy", 2));
        Assert.Null(await Counts.Take([full, roomy], default));

        for (var time = 0; time < 5; time++)
            Assert.Equal(full, await Counts.Take([roomy, full], default));

        Assert.Null(await Counts.Take([roomy], default));
        Assert.Equal(roomy, await Counts.Take([roomy], default));
    }

    [SuiteFact]
    public async Task Counts_of_spans_that_are_over_are_let_go_and_nobodys_telephone_lies_there()
    {
        var now = TimeProvider.System.GetUtcNow();
        await Counts.Take([Room("010-1234-5678", 5) with { EndsAt = now.AddDays(-2) }], default);
        await Counts.Take([Room("010-1234-5678", 5) with { EndsAt = now.AddHours(1) }], default);
        Assert.Equal([0], await _stores.Services.Numbers("select count(*) from message_counts where subject like '%1234-5678%'"));

        await _stores.Services.Prune(until: async () => Assert.Equal([1], await _stores.Services.Numbers("select count(*) from message_counts")));
    }

    private static Allowance Room(string subject, int atMost) => new(subject, Noon.AddDays(1), atMost, "FULL", "It is full.");

    private static PhoneNumber Phone(string phone) => PhoneNumber.TryParse(phone, out var number) ? number : default;

    private static MemberProfile Profile(string phone) => MemberProfile.Of("kim", phone, ContactChannel.Kakao, Language.Korean).Value;
}

/// <summary>Confirming telephones where a test is about something else.</summary>
internal static class Confirmation
{
    private static readonly DateTimeOffset Noon = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Confirms one as if a code had been sent and had come back, at noon.</summary>
    public static async Task Confirm(this IServiceProvider services, PhoneHolder holder, PhoneNumber phone)
    {
        var confirmation = PhoneConfirmation.Of(holder);
        confirmation.Expect(phone, "012345", new PhoneCodeTerms(TimeSpan.FromMinutes(10), Tries: 5), Noon);
        Assert.Null(confirmation.Try(phone, "012345", Noon).Error);
        await services.GetRequiredService<IPhoneConfirmations>().Save(confirmation, default);
    }
}
