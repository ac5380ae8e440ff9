using System.Diagnostics.CodeAnalysis;
using FoodDelivery.Tests.Support.Real;
using Xunit.Abstractions;

namespace FoodDelivery.Tests.Delivery.Real;

/// <summary>Faults of the product on PostgreSQL, Redis and Kafka, each process by itself and supervised, while customers order and owners cook.</summary>
[Collection(RealServers.Name)]
[SuppressMessage("Security", "CA5394", Justification = "Where a fault strikes is no secret, but must be repeatable.")]
public abstract class RealFaultTests(RealServers servers, FaultTable table, ITestOutputHelper output) : FaultTests(table, output)
{
    /// <summary>Orders a second, whom two cores serve and feed the servers beside it.</summary>
    private const double Pace = 25;

    private static new int Orders { get; } = Wanted(200);

    protected RealServers Servers => servers;

    /// <summary>Lets a fault strike, again and again if there are many orders, and compares the books of the orders that it met.</summary>
    protected async Task Strikes(string fault, Func<RealPlatform, Random, Task> strike)
    {
        var platform = await servers.Running;
        await During(platform, async random =>
        {
            var earlier = await Audit.Known(platform);
            var bustle = new Bustle(platform, Orders, Pace, $"after {earlier.Count} ");
            var rounds = Math.Max(1, Orders / 500);
            await bustle.During(Repeatedly(rounds, random, () => strike(platform, random)));
            await Audit.Of(rounds == 1 ? fault : $"{fault}, {rounds} times", platform, bustle.Acknowledged, earlier, Table, Output);
            Assert.All(bustle.Fates.Where(static fate => fate.Wish.Patient), static fate => Assert.True(fate.Acknowledged, fate.Last));
        });
    }

    /// <summary>SIGKILL for all of them at the same moment; returns when they are back.</summary>
    protected static async Task Kill(RealPlatform platform, params string[] names)
    {
        var former = names.Select(name => (name, pid: platform.Kill(name))).ToList();
        foreach (var (name, pid) in former)
            await platform.Reborn(name, pid, TimeSpan.FromSeconds(60));
    }

    // Within the first two thirds of its share of the load.
    private static async Task Repeatedly(int rounds, Random random, Func<Task> strike)
    {
        for (var round = 0; round < rounds; round++)
        {
            await Task.Delay(random.Next(300, (int)(Orders / Pace * 1000 / rounds * 2 / 3)));
            await strike();
        }
    }
}
