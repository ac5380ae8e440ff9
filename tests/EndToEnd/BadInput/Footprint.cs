using FoodDelivery.Tests.Support.Processes;

namespace FoodDelivery.Tests.EndToEnd.BadInput;

/// <summary>What a process takes of its machine.</summary>
/// <param name="Threads">How many.</param>
/// <param name="Memory">Resident, in MiB.</param>
internal sealed record Footprint(int Threads, long Memory)
{
    public static Footprint Of(PlatformProcess process) => new(process.Threads, process.MemoryBytes / (1024 * 1024));
}
