using FoodDelivery.Tests.Support.Orders;
using FoodDelivery.Tests.Support.Processes;
using FoodDelivery.Tests.Support.Rest;
using Xunit.Abstractions;

namespace FoodDelivery.Tests.EndToEnd;

/// <summary>Tests of one running Local, which they share; each places orders of its own. A failed test comes with what the process wrote.</summary>
[Collection(RunningLocal.Name)]
public abstract class LocalTests(RunningLocal local, ITestOutputHelper output) : IDisposable
{
    protected Fleet Fleet => local.Fleet;

    protected RestClient Orders => Fleet.Rest("Order");

    protected RestClient Payments => Fleet.Rest("Pay");

    protected RestClient Stores => Fleet.Rest("Store");

    protected RestClient Customers => Fleet.Rest("Customer");

    protected Task<PlacedOrder> Place(object body, string? key = null) => PlacedOrder.Of(Fleet, body, key);

    protected Task<PlacedOrder> Chicken() => Place(new { item = "chicken", address = "서울시 마포구 1" });

    public void Dispose()
    {
        output.WriteLine(Fleet.Output);
        GC.SuppressFinalize(this);
    }
}
