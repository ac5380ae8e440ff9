using System.Diagnostics.CodeAnalysis;
using FoodDelivery.Tests.Support.Processes;
using Xunit.Abstractions;

namespace FoodDelivery.Tests.Delivery;

/// <summary>Flow 11: several processes of one consumer on the same data.</summary>
[SuppressMessage("Security", "CA5394", Justification = "Where a fault strikes is no secret, but must be repeatable.")]
public sealed class ReplicaTests(FaultTable table, ITestOutputHelper output) : FaultTests(table, output)
{
    [Fact]
    public async Task Two_of_each_consumer_do_the_work_of_one()
    {
        await using var fleet = await Twins();
        await During(fleet, async _ =>
        {
            var load = Load(fleet);
            await load.Open(Rate);
            await Audited("two Stores, two Customers", fleet, load);
        });
    }

    [Fact]
    public async Task A_twin_takes_over_when_the_other_dies()
    {
        await using var fleet = await Twins();
        await During(fleet, async random =>
        {
            var load = Load(fleet);
            var placing = load.Open(Rate);
            await Task.Delay(random.Next(200, 1500));
            await fleet["Store-2"].Kill();
            await fleet["Customer-2"].Kill();
            await placing;
            await Audited("one of two Stores and Customers dies", fleet, load);
        });
    }

    private static async Task<Fleet> Twins()
    {
        var fleet = await Fleet.Apart(Settings);
        try
        {
            await Task.WhenAll(fleet.Another("Store", "Store-2"), fleet.Another("Customer", "Customer-2"));
            return fleet;
        }
        catch
        {
            await fleet.DisposeAsync();
            throw;
        }
    }
}
