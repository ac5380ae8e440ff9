using FoodDelivery.Customers.Ports;
using FoodDelivery.Tests.Ports.OrderStatuses;
using FoodDelivery.Tests.Support.Postgres;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Tests.Ports.Members;

[NeedsPostgres]
public sealed class PostgresMembersTests : MembersSuite
{
    protected override async Task<(IMembers Store, IAsyncDisposable Owner)> Open()
    {
        var stores = await CustomerStores.OnPostgres();
        return (stores.Services.GetRequiredService<IMembers>(), stores);
    }
}
