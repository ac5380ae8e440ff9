using System.Diagnostics.CodeAnalysis;
using Xunit.Abstractions;

namespace FoodDelivery.Tests.Delivery.Real;

/// <summary>Services die, hang and come in numbers.</summary>
[SuppressMessage("Security", "CA5394", Justification = "Where a fault strikes is no secret, but must be repeatable.")]
public sealed class RealProcessTests(RealServers servers, FaultTable table, ITestOutputHelper output) : RealFaultTests(servers, table, output)
{
    [RealFault]
    public Task Order_dies() => Strikes("kill -9 of Order", static (platform, _) => Kill(platform, "order-1"));

    [RealFault]
    public Task Pay_dies() => Strikes("kill -9 of Pay", static (platform, _) => Kill(platform, "pay-1"));

    [RealFault]
    public Task Store_dies() => Strikes("kill -9 of Store", static (platform, _) => Kill(platform, "store-1"));

    [RealFault]
    public Task Customer_dies() => Strikes("kill -9 of Customer", static (platform, _) => Kill(platform, "customer-1"));

    [RealFault]
    public Task Order_and_Pay_die_together() => Strikes("kill -9 of Order and Pay at once", static (platform, _) => Kill(platform, "order-1", "pay-1"));

    [RealFault]
    public Task Order_hangs() => Strikes("Order hangs", static (platform, _) => platform.Reborn("order-1", platform.Freeze("order-1"), TimeSpan.FromMinutes(2)));

    [RealFault(everyRun: true)]
    public Task Two_replicas_die_at_once() => Strikes("kill -9 of two of two Stores at once, then of two of two Customers", static async (platform, random) =>
    {
        await platform.Scale("store=2", "customer=2");
        await Kill(platform, "store-1", "store-2");
        await Task.Delay(random.Next(100, 1000));
        await Kill(platform, "customer-1", "customer-2");
        await platform.Scale("store=1", "customer=1");
    });

    [RealFault]
    public Task Replicas_come_and_go() => Strikes("Store and Customer 1 → 3 → 1", static async (platform, random) =>
    {
        await platform.Scale("store=3", "customer=3");
        await Task.Delay(random.Next(500, 2000));
        await platform.Scale("store=1", "customer=1");
    });
}
