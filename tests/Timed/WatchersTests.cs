using System.Globalization;
using FoodDelivery.Tests.Support.Programs;
using Xunit.Abstractions;

namespace FoodDelivery.Tests.Timed;

/// <summary>The drill of those who hold streams open, in its short form: the bench's <c>--watchers</c>.</summary>
public sealed class WatchersTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Orders_go_on_beside_watchers_replays_and_readers_who_vanish()
    {
        var run = await OutsideProgram.RunAsync(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "FoodDelivery.Tests.Bench.dll"), "--watchers", "--short"], within: Bound);

        output.WriteLine(run.Output);
        output.WriteLine(run.Errors);
        Assert.EndsWith("Verdict: passed\n", run.Output, StringComparison.Ordinal);
        Assert.Equal(0, run.ExitCode);
        foreach (var name in (string[])["quiet", "replay", "vanishing", "storm"])
            Assert.True(Figure(run.Output, $"{name}_orders") > 0, $"No order was accepted: {name}.");
    }

    private static double Figure(string output, string name) => double.Parse(
        output.Split('\n').Single(line => line.StartsWith($"figure {name} ", StringComparison.Ordinal)).Split(' ')[2], CultureInfo.InvariantCulture);
}
