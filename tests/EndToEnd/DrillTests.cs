using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Programs;
using FoodDelivery.Tests.Support.Real;
using Xunit.Abstractions;

namespace FoodDelivery.Tests.EndToEnd;

/// <summary>Drills of <c>deploy/local/drill</c> in their short form, one after the other and beside nothing else: each loads the machine by itself.</summary>
[NeedsRealPlatform]
[NeedsOutside("siege", "timeout")]
[Collection(Name)]
public sealed class DrillTests(ITestOutputHelper output)
{
    private const string Name = "drills";

    // Asked to end, a drill first stops its system.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan Stopping = TimeSpan.FromMinutes(1);

    /// <summary>Those that a small machine finishes in time, or with <c>DELIVERY_FAULTS=all</c> every one there is.</summary>
    public static TheoryData<string> Drills => Environment.GetEnvironmentVariable("DELIVERY_FAULTS") is "all"
        ? new(Directory.EnumerateFiles(Checkout.Local("drills"), "*.sh").Select(static file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal))
        : new("overload", "pay-down");

    [SuiteTheory]
    [MemberData(nameof(Drills))]
    public async Task A_drill_passes(string drill)
    {
        var run = await OutsideProgram.RunAsync(
            "timeout",
            ["-k", $"{Stopping.TotalSeconds}", $"{Longest.TotalSeconds}", Checkout.Local("drill"), drill, "--short", "--programs", AppContext.BaseDirectory],
            within: Longest + Stopping + Stopping);

        output.WriteLine(run.Output);
        output.WriteLine(run.Errors);
        Assert.Matches(@"(?m)^Transaction rate: \d+\.\d+$", run.Output);
        Assert.Matches(@"(?m)^Availability: \d+\.\d+ %$", run.Output);
        Assert.EndsWith("Verdict: passed\n", run.Output, StringComparison.Ordinal);
        Assert.Equal(0, run.ExitCode);
    }

    [CollectionDefinition(Name, DisableParallelization = true)]
    public sealed class Alone;
}
