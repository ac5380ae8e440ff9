using FoodDelivery.Tests.Contract.Payments;
using FoodDelivery.Tests.Support;

namespace FoodDelivery.Tests.Contract.Ordering;

/// <summary>Ordering's database is lost while the log goes on, which knows that Ordering has read the menus.</summary>
public sealed class LostMenusTests : IDisposable
{
    private readonly DataFolder _data = new();

    [Fact]
    public async Task Menus_that_are_lost_with_the_database_come_back_by_themselves()
    {
        await using var pay = await RunningPay.In(_data.Path);
        await using (var lost = await OrderingHost.Start(_data, pay.GrpcAddress, OrderingHost.Unhurried))
            await lost.WithMenus();

        foreach (var file in Directory.EnumerateFiles(_data.Path, "ordering.db*"))
            File.Delete(file);

        await using var ordering = await OrderingHost.Start(_data, pay.GrpcAddress, OrderingHost.Unhurried);

        await Eventually.Holds(async () => (await ordering.Rest.Get("/healthz/ready")).Expect(200));
        (await ordering.Rest.Post("/orders", new { item = "IceAmericano" })).Expect(201);
        (await ordering.Rest.Post("/orders", new { item = "chicken" })).Expect(201);
    }

    public void Dispose() => _data.Dispose();
}
