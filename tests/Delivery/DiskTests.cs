using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using FoodDelivery.Tests.Support.Processes;
using FoodDelivery.Tests.Support.Real;
using FoodDelivery.Tests.Support.Rest;
using Xunit.Abstractions;

namespace FoodDelivery.Tests.Delivery;

/// <summary>The disk of the embedded log, and of all embedded databases, is full for a while.</summary>
[SuppressMessage("Security", "CA5394", Justification = "Where a fault strikes is no secret, but must be repeatable.")]
public sealed class DiskTests(FaultTable table, ITestOutputHelper output) : FaultTests(table, output)
{
    private static readonly TimeSpan Full = TimeSpan.FromSeconds(3);

    [DiskFact]
    public async Task A_full_disk_refuses_and_loses_nothing()
    {
        await using var fleet = await Fleet.Local(Settings);
        await fleet["Local"].Kill();
        await using var disk = await SmallDisk.Over(fleet.Data);
        try
        {
            await fleet["Local"].Start();
            await During(fleet, random => Struck(fleet, disk, random));
        }
        finally
        {
            await fleet["Local"].Kill();
        }
    }

    private async Task Struck(Fleet fleet, SmallDisk disk, Random random)
    {
        var load = Load(fleet);
        var placing = load.Open(Rate);
        await Task.Delay(random.Next(200, 1500));
        disk.Fill();
        var answers = await Answers(fleet);
        disk.Empty();
        await placing;

        // The files may have had some pages left; who was granted an order then must have it like any other.
        var granted = answers.Where(static answer => answer.Status == 201).Select(static answer => answer.Number("orderId"));
        await Audit.Of("disk of all embedded data full", fleet, [.. load.Acknowledged, .. granted], [], Table, Output);
        var refusals = answers.Where(static answer => answer.Status != 201).ToList();
        Assert.NotEmpty(refusals);
        Assert.All(refusals, static refused => Assert.InRange(int.Parse(refused.Expect(503).Header("Retry-After") ?? "0"), 1, 120));
        Assert.All(load.Fates.Where(static fate => fate.Wish.Patient), static fate => Assert.True(fate.Acknowledged, fate.Last));
    }

    // What customers are told while nothing can be written.
    private static async Task<IReadOnlyList<Answer>> Answers(Fleet fleet)
    {
        var watch = Stopwatch.StartNew();
        var answers = new List<Answer>();
        while (watch.Elapsed < Full)
            answers.Add(await fleet.Rest("Order").Post("/orders", new { item = "pizza" }, $"full {answers.Count}"));
        return answers;
    }
}
