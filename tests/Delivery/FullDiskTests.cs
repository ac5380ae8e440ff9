using System.Diagnostics;
using System.Globalization;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Processes;
using FoodDelivery.Tests.Support.Real;
using FoodDelivery.Tests.Support.Rest;
using Xunit.Abstractions;

namespace FoodDelivery.Tests.Delivery;

/// <summary>
/// The disk of all our files is full, each service a process of its own; that of the payment provider is not, which goes on charging. Who orders is told to
/// come later, and no money is kept that no order stands for.
/// </summary>
public sealed class FullDiskTests(ITestOutputHelper output) : IDisposable
{
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(1);
    private readonly DataFolder _provider = new();

    [DiskFact]
    public Task Orders_are_a_503_the_service_is_not_ready_and_both_are_over_a_second_after_there_is_room() => OnSmallDisk(async (fleet, disk) =>
    {
        disk.Fill();
        var answers = await UntilRefused(fleet, "before");
        Assert.Equal("not ready", (await Eventually.Gives(async () => (await fleet.Rest("Order").Get("/healthz/ready")).Expect(503))).Word("checks", "database"));
        for (var time = 0; time < 20; time++)
            answers.Add(await fleet.Rest("Order").Post("/orders", new { item = "pizza" }, $"full {time}"));

        disk.Empty();
        var watch = Stopwatch.StartNew();
        await Eventually.Holds(async () => (await fleet.Rest("Order").Get("/healthz/ready")).Expect(200), Recovery);
        output.WriteLine($"ready {watch.Elapsed.TotalMilliseconds:0} ms after there was room");

        Assert.All(answers.Where(static answer => answer.Status != 201), ComesLater);
        answers.Add(await Eventually.Gives(async () => (await fleet.Rest("Order").Post("/orders", new { item = "pizza" }, "after")).Expect(201)));
        await KeptMoneyIsOfOrders(fleet, answers);
    });

    [DiskFact]
    public Task A_charge_under_way_when_it_fills_up_goes_back_or_becomes_an_order() => OnSmallDisk(async (fleet, disk) =>
    {
        (await fleet.Rest("Pay").Put("/provider-simulator", new { delayMinMs = 1_500, delayMaxMs = 1_500 })).Expect(200);
        var placing = Enumerable.Range(0, 20).Select(time => fleet.Rest("Order").Post("/orders", new { item = "chicken" }, $"under way {time}")).ToList();
        await Task.Delay(500);
        disk.Fill();
        var answers = await Task.WhenAll(placing);
        var charged = (await Charge.AllIn(_provider.Path)).Count(static charge => charge.State == Charge.Approved);
        disk.Empty();

        output.WriteLine($"{charged} charged, {answers.Count(static answer => answer.Status == 201)} granted");
        Assert.Contains(answers, static answer => answer.Status != 201);
        Assert.All(answers.Where(static answer => answer.Status != 201), ComesLater);
        await KeptMoneyIsOfOrders(fleet, answers);
    });

    public void Dispose() => _provider.Dispose();

    private async Task OnSmallDisk(Func<Fleet, SmallDisk, Task> test)
    {
        await using var fleet = await Fleet.Apart(
            $"--Pay:ProviderLedger={Path.Combine(_provider.Path, "provider.db")}",
            "--Order:Sweeper:AgeSeconds=1",
            "--Order:Sweeper:IntervalSeconds=1",
            "--Order:Payments:TryTimeoutMilliseconds=10000",
            "--Order:Payments:TotalTimeoutMilliseconds=15000");
        string[] services = ["Order", "Pay", "Store", "Customer"];
        await Task.WhenAll(services.Select(service => fleet[service].Kill()));
        await using var disk = await SmallDisk.Over(fleet.Data);
        try
        {
            await Task.WhenAll(services.Select(service => fleet[service].Start()));
            await test(fleet, disk);
        }
        finally
        {
            await Task.WhenAll(services.Select(service => fleet[service].Kill()));
            output.WriteLine(fleet.Output);
        }
    }

    // The files may have had some pages left; who was granted an order then must have it like any other.
    private static async Task<List<Answer>> UntilRefused(Fleet fleet, string key)
    {
        var answers = new List<Answer>();
        do
            answers.Add(await fleet.Rest("Order").Post("/orders", new { item = "pizza" }, $"{key} {answers.Count}"));
        while (answers[^1].Status == 201 && answers.Count < 1_000);
        return answers;
    }

    private static void ComesLater(Answer refused) =>
        Assert.InRange(int.Parse(refused.Expect(503).Header("Retry-After") ?? "0", CultureInfo.InvariantCulture), 1, 120);

    private Task KeptMoneyIsOfOrders(Fleet fleet, IEnumerable<Answer> answers) => Eventually.Holds(async () =>
    {
        var orders = (await fleet.Rest("Order").All("/orders", "orders")).Select(static order => order.Number("orderId")).Order().ToList();
        var kept = (await Charge.AllIn(_provider.Path)).Where(static charge => charge.State == Charge.Approved).Select(static charge => charge.OrderId).Order();
        Assert.Equal(orders, kept);
        Assert.Subset(orders.ToHashSet(), answers.Where(static answer => answer.Status == 201).Select(static answer => answer.Number("orderId")).ToHashSet());
    });
}
