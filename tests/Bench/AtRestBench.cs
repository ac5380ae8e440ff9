using System.Diagnostics;
using FoodDelivery.Tests.Support.Processes;

namespace FoodDelivery.Tests.Bench;

/// <summary>How soon the platform is ready, on an empty folder and without a build, and what it holds of the memory when nobody asks for anything.</summary>
internal static class AtRestBench
{
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(3);

    public static async Task Run()
    {
        var watch = Stopwatch.StartNew();
        await using var fleet = await Fleet.Local();
        var ready = watch.Elapsed;
        await Task.Delay(Settling);
        Figures.Print("startup_s", ready.TotalSeconds, "until every service of Local is ready");
        Figures.Print("memory_at_rest_mb", fleet["Local"].MemoryBytes / 1e6, "Local's resident memory at rest");
    }
}
