using FoodDelivery.Tests.Support.Programs;

namespace FoodDelivery.Tests.Timed;

/// <summary>The bench still measures all that it should; what it measures in so short a time means nothing.</summary>
public sealed class BenchTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(4);

    [Fact]
    public async Task The_bench_prints_its_figures() => AssertFigures(
        await Smoke(),
        "grpc_echo_ratio", "startup_s", "memory_at_rest_mb", "lag_p99_ms", "accepted_ratio", "sustained_ratio", "reads_ratio");

    [NeedsPrograms("pgbench", "h2load", "java", "npm")]
    public async Task The_bench_prints_its_figures_of_the_platform_on_real_servers() => AssertFigures(
        await Smoke("--real"),
        "lag_p99_ms", "statements_alone_per_s", "accepted_ratio", "sustained_ratio", "reads_ratio", "growth_ratio", "memory_order_mb", "memory_pay_mb", "memory_store_mb", "memory_customer_mb");

    private static async Task<ProgramRun> Smoke(params string[] more) => await OutsideProgram.RunAsync(
        "dotnet", [Path.Combine(AppContext.BaseDirectory, "FoodDelivery.Tests.Bench.dll"), "--smoke", .. more], within: Bound);

    private static void AssertFigures(ProgramRun run, params string[] names)
    {
        Assert.True(run.ExitCode == 0, run.Errors + run.Output);
        Assert.All(names, name => Assert.Matches($@"(?m)^figure {name} \d", run.Output));
    }
}
