using System.Globalization;
using FoodDelivery.Customers;
using FoodDelivery.Customers.Ports;
using FoodDelivery.Platform.Storage;

namespace FoodDelivery.Adapters.Customers.Persistence;

/// <summary>Members' and owners' choices in a relational database.</summary>
internal sealed class SqlContacts(IDatabase database) : IContacts
{
    private const string OfMember =
        """
        select members.phone, channel, language, customer_id, confirmed_at
        from members left join phone_confirmations confirmation
            on confirmation.role = 1 and confirmation.addressee = number and confirmation.phone = members.phone
        where number = @Addressee and withdrawn_at is null
        """;
    private const string OfOwner =
        """
        select owner_contacts.phone, channel, language, confirmed_at
        from owner_contacts left join phone_confirmations confirmation
            on confirmation.role = 2 and confirmation.addressee = @Addressee and confirmation.phone = owner_contacts.phone
        where store_id = @StoreId
        """;

    public async Task<Contact?> Find(RecipientRole role, string addressee, CancellationToken cancellation)
    {
        _ = long.TryParse(addressee, NumberStyles.None, CultureInfo.InvariantCulture, out var store);
        var rows = await database.Query<ContactRow>(role == RecipientRole.Owner ? OfOwner : OfMember, new { Addressee = addressee, StoreId = store }, cancellation);
        return rows.SingleOrDefault()?.Contact();
    }

    public Task KeepOwner(StoreId store, Contact contact, CancellationToken cancellation)
    {
        const string keep =
            """
            insert into owner_contacts (store_id, phone, channel, language) values (@StoreId, @Phone, @Channel, @Language)
            on conflict (store_id) do update set phone = excluded.phone, channel = excluded.channel, language = excluded.language
            """;
        return database.Write(
            new Batch()
                .Add(keep, new
                {
                    StoreId = store.Value,
                    Phone = contact.Phone.Digits,
                    Channel = contact.Channel.Word(),
                    Language = contact.Language.Word(),
                })
                .Add(SqlPhoneConfirmations.Forget, new { Role = (int)RecipientRole.Owner, Addressee = store.ToString(), Phone = contact.Phone.Digits }),
            cancellation);
    }

    private sealed class ContactRow
    {
        public string Phone { get; set; } = "";

        public string Channel { get; set; } = "";

        public string Language { get; set; } = "";

        public string CustomerId { get; set; } = "";

        public long? ConfirmedAt { get; set; }

        public Contact Contact()
        {
            _ = PhoneNumber.TryParse(Phone, out var phone);
            return new Contact(ContactWords.ParseChannel(Channel).Value, phone, ContactWords.ParseLanguage(Language).Value)
            {
                CustomerId = CustomerId, IsConfirmed = ConfirmedAt is not null,
            };
        }
    }
}
