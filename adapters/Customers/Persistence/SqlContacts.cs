using System.Globalization;
using FoodDelivery.Customers;
using FoodDelivery.Customers.Ports;
using FoodDelivery.Platform.Storage;

namespace FoodDelivery.Adapters.Customers.Persistence;

/// <summary>Members' and owners' choices in a relational database.</summary>
internal sealed class SqlContacts(IDatabase database) : IContacts
{
    private const string OfMember = "select phone, channel, language, customer_id from members where number = @Addressee and withdrawn_at is null";
    private const string OfOwner = "select phone, channel, language from owner_contacts where store_id = @StoreId";

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
            new Batch().Add(keep, new
            {
                StoreId = store.Value,
                Phone = contact.Phone.Digits,
                Channel = contact.Channel.Word(),
                Language = contact.Language.Word(),
            }),
            cancellation);
    }

    private sealed class ContactRow
    {
        public string Phone { get; set; } = "";

        public string Channel { get; set; } = "";

        public string Language { get; set; } = "";

        public string CustomerId { get; set; } = "";

        public Contact Contact()
        {
            _ = PhoneNumber.TryParse(Phone, out var phone);
            return new Contact(ContactWords.ParseChannel(Channel).Value, phone, ContactWords.ParseLanguage(Language).Value) { CustomerId = CustomerId };
        }
    }
}
