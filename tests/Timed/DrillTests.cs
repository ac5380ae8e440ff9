using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Programs;
using FoodDelivery.Tests.Support.Real;
using Xunit.Abstractions;

namespace FoodDelivery.Tests.Timed;

/// <summary>Every drill of <c>deploy/local/drill</c> in its short form, one after the other: each loads the machine by itself.</summary>
[NeedsRealPlatform]
[NeedsOutside("siege", "timeout")]
public sealed class DrillTests(ITestOutputHelper output)
{
    // Asked to end, a drill first stops its system.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Stopping = TimeSpan.FromMinutes(1);

    public static TheoryData<string> Drills =>
        new(Directory.EnumerateFiles(Checkout.Local("drills"), "*.sh").Select(static file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal));

    [SuiteTheory]
    [MemberData(nameof(Drills))]
    public async Task A_drill_passes(string drill)
    {
        var run = await OutsideProgram.RunAsync(
            "timeout",
            ["-k", $"{Stopping.TotalSeconds}", $"{Longest.TotalSeconds}", Checkout.Local("drill"), drill, "--short", "--programs", Checkout.Programs],
            within: Longest + Stopping + Stopping);

        output.WriteLine(run.Output);
        output.WriteLine(run.Errors);
        Assert.Matches(@"(?m)^Transaction rate: \d+\.\d+$", run.Output);
        Assert.Matches(@"(?m)^Availability: \d+\.\d+ %$", run.Output);
        Assert.EndsWith("Verdict: passed\n", run.Output, StringComparison.Ordinal);
        Assert.Equal(0, run.ExitCode);
    }
}
