using FoodDelivery.Tests.Support.Processes;
using Xunit.Abstractions;

namespace FoodDelivery.Tests.Delivery;

/// <summary>Processes that are asked to end, as an orchestrator does it at every roll-out.</summary>
public sealed class EndingTests(FaultTable table, ITestOutputHelper output) : FaultTests(table, output)
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Ending_under_load_loses_nothing()
    {
        await using var fleet = await Fleet.Local(Settings);
        await During(fleet, async random =>
        {
            var load = Load(fleet);
            var placing = load.Open(Rate);
            await Task.Delay(random.Next(300, 1500));
            var (exit, took) = await fleet["Local"].Terminate();
            Output.WriteLine($"ended with {exit} after {took.TotalMilliseconds:0} ms");
            await fleet["Local"].Start();
            await placing;

            await Audited("SIGTERM of Local", fleet, load);
            Assert.Equal(0, exit);
            Assert.True(took < Bound, $"It took {took}.");
        });
    }
}
