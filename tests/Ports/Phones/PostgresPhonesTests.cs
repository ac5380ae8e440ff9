using FoodDelivery.Tests.Ports.OrderStatuses;
using FoodDelivery.Tests.Support.Postgres;

namespace FoodDelivery.Tests.Ports.Phones;

[NeedsPostgres]
public sealed class PostgresPhonesTests : PhonesSuite
{
    private protected override Task<CustomerStores> Open() => CustomerStores.OnPostgres();
}
