using FoodDelivery.Tests.Ports.OrderStatuses;

namespace FoodDelivery.Tests.Ports.Phones;

public sealed class SqlitePhonesTests : PhonesSuite
{
    private protected override Task<CustomerStores> Open() => Task.FromResult(CustomerStores.OnSqlite());
}
