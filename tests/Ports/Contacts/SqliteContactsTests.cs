using FoodDelivery.Customers.Ports;
using FoodDelivery.Tests.Ports.OrderStatuses;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Tests.Ports.Contacts;

public sealed class SqliteContactsTests : ContactsSuite
{
    protected override Task<(IContacts Store, IMembers Members, IAsyncDisposable Owner)> Open()
    {
        var stores = CustomerStores.OnSqlite();
        return Task.FromResult<(IContacts, IMembers, IAsyncDisposable)>((stores.Services.GetRequiredService<IContacts>(), stores.Services.GetRequiredService<IMembers>(), stores));
    }
}
