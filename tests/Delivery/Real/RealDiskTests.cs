using FoodDelivery.Tests.Support.Real;
using Xunit.Abstractions;

namespace FoodDelivery.Tests.Delivery.Real;

/// <summary>Kafka's disk is full for a while: it ends itself, and does so again whenever it is started.</summary>
public sealed class RealDiskTests(RealServers servers, FaultTable table, ITestOutputHelper output) : RealFaultTests(servers, table, output)
{
    private static readonly TimeSpan Full = TimeSpan.FromSeconds(8);

    [RealFault(ofDisks: true)]
    public async Task Kafkas_disk_is_full()
    {
        var platform = await Servers.Running;
        var folder = Path.Combine(platform.Data, "kafka", "log");
        SmallDisk? disk = null;
        await platform.Without("kafka-1", async () => disk = await SmallDisk.Over(folder));
        try
        {
            var former = platform.Pid("kafka-1");
            await Strikes("Kafka's disk full for 8 s", async (_, _) =>
            {
                disk!.Fill();
                await Task.Delay(Full);
                disk.Empty();
            });

            // A fault that does not strike would prove nothing.
            Assert.NotEqual(former, platform.Pid("kafka-1"));
        }
        finally
        {
            await platform.Without("kafka-1", async () => await disk!.DisposeAsync());
        }
    }
}
