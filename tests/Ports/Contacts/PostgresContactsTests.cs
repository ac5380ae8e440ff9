using FoodDelivery.Customers.Ports;
using FoodDelivery.Tests.Ports.OrderStatuses;
using FoodDelivery.Tests.Support.Postgres;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Tests.Ports.Contacts;

[NeedsPostgres]
public sealed class PostgresContactsTests : ContactsSuite
{
    protected override async Task<(IContacts Store, IMembers Members, IAsyncDisposable Owner)> Open()
    {
        var stores = await CustomerStores.OnPostgres();
        return (stores.Services.GetRequiredService<IContacts>(), stores.Services.GetRequiredService<IMembers>(), stores);
    }
}
