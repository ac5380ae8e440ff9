using System.Diagnostics.CodeAnalysis;
using FoodDelivery.Tests.Support.Processes;
using Xunit.Abstractions;

namespace FoodDelivery.Tests.Delivery;

/// <summary>Processes that die between any two instructions, under load, and are started again on the same data.</summary>
[SuppressMessage("Security", "CA5394", Justification = "Where a fault strikes is no secret, but must be repeatable.")]
public sealed class KillingTests(FaultTable table, ITestOutputHelper output) : FaultTests(table, output)
{
    [Fact]
    public async Task Nothing_is_lost_or_doubled_when_everything_dies()
    {
        await using var fleet = await Fleet.Local(Settings);
        await During(fleet, random => Killed(fleet, "Local", rounds: Math.Max(3, Orders / 100), random, "kill -9 of Local"));
    }

    [Theory]
    [InlineData("Order")]
    [InlineData("Pay")]
    [InlineData("Store")]
    [InlineData("Customer")]
    public async Task Nothing_is_lost_or_doubled_when_a_service_dies(string service)
    {
        await using var fleet = await Fleet.Apart(Settings);
        await During(fleet, random => Killed(fleet, service, rounds: Math.Max(2, Orders / 200), random, $"kill -9 of {service}"));
    }

    private async Task Killed(Fleet fleet, string process, int rounds, Random random, string fault)
    {
        var load = Load(fleet);
        var placing = load.Open(Rate);
        for (var round = 0; round < rounds; round++)
        {
            await Task.Delay(random.Next(100, (int)(Orders / Rate * 1000 / rounds)));
            await fleet[process].Kill();
            await fleet[process].Start();
        }

        await placing;
        await Audited($"{fault}, {rounds} times", fleet, load);
        Assert.All(load.Fates.Where(static fate => fate.Wish.Patient), static fate => Assert.True(fate.Acknowledged, fate.Last));
    }
}
