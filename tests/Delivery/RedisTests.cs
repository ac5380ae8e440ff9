using FoodDelivery.Tests.Support.Processes;
using FoodDelivery.Tests.Support.Programs;
using FoodDelivery.Tests.Support.Redis;
using Xunit.Abstractions;

namespace FoodDelivery.Tests.Delivery;

/// <summary>The view in Redis, kept by two processes.</summary>
public sealed class RedisTests(FaultTable table, ITestOutputHelper output) : FaultTests(table, output)
{
    [NeedsPrograms(RedisServer.Program)]
    public async Task A_Redis_that_dies_and_comes_back_empty_costs_no_change()
    {
        await using var redis = await RedisServer.Start();
        await using var fleet = await Fleet.Apart([.. Settings, "--View:Provider=Redis", $"--Redis:Configuration={redis.Configuration}"]);
        await fleet.Another("Customer", "Customer-2");
        await During(fleet, async random =>
        {
            var load = Load(fleet);
            var placing = load.Open(Rate);
            await Task.Delay(random.Next(200, 1500));
            await redis.Kill();
            await Task.Delay(random.Next(200, 1500));
            await redis.Run();
            await placing;
            await Audited("Redis dies and is empty", fleet, load);
        });
    }
}
