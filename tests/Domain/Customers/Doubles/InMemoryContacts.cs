using FoodDelivery.Customers;
using FoodDelivery.Customers.Ports;
using FoodDelivery.Kernel;

namespace FoodDelivery.Tests.Domain.Customers.Doubles;

/// <summary>Contacts in memory.</summary>
internal sealed class InMemoryContacts : IContacts
{
    private readonly Dictionary<(RecipientRole, string), Contact> _contacts = [];

    public Contact this[RecipientRole role, string addressee]
    {
        set => _contacts[(role, addressee)] = value;
    }

    public Task<Contact?> Find(RecipientRole role, string addressee, CancellationToken cancellation) =>
        Task.FromResult(_contacts.GetValueOrDefault((role, addressee)));

    public Task KeepOwner(StoreId store, Contact contact, CancellationToken cancellation)
    {
        _contacts[(RecipientRole.Owner, store.ToString())] = contact;
        return Task.CompletedTask;
    }
}
