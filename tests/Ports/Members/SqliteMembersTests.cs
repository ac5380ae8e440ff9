using FoodDelivery.Customers.Ports;
using FoodDelivery.Tests.Ports.OrderStatuses;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Tests.Ports.Members;

public sealed class SqliteMembersTests : MembersSuite
{
    protected override Task<(IMembers Store, IAsyncDisposable Owner)> Open()
    {
        var stores = CustomerStores.OnSqlite();
        return Task.FromResult<(IMembers, IAsyncDisposable)>((stores.Services.GetRequiredService<IMembers>(), stores));
    }
}
