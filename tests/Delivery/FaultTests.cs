using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using FoodDelivery.Tests.Support.Load;
using FoodDelivery.Tests.Support.Processes;
using Xunit.Abstractions;

namespace FoodDelivery.Tests.Delivery;

/// <summary>Tests of real processes that die. One after another: they are about time, and the machine may be small.</summary>
[Collection(Name)]
[SuppressMessage("Security", "CA5394", Justification = "Where a fault strikes is no secret, but must be repeatable.")]
public abstract class FaultTests(FaultTable table, ITestOutputHelper output)
{
    public const string Name = "faults";

    /// <summary>How many orders are placed while a fault strikes; <c>DELIVERY_ORDERS</c> asks for more.</summary>
    internal static int Orders { get; } = Wanted(100);

    /// <summary>Decides when and where faults strike; <c>DELIVERY_SEED</c> repeats a run.</summary>
    internal static int Seed { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("DELIVERY_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : Random.Shared.Next(1_000_000);

    /// <summary>Orders a second while a fault strikes: several faults fit into the load, on two cores.</summary>
    protected static double Rate => 40;

    /// <summary>
    /// What a dead process left behind is taken up soon, so that a test need not wait for a minute; and a busy machine makes no payment look lost.
    /// </summary>
    protected static string[] Settings =>
    [
        "--Order:Sweeper:AgeSeconds=6",
        "--Order:Sweeper:IntervalSeconds=1",
        "--Customer:NotificationClaimSeconds=6",
        "--Order:Payments:TryTimeoutMilliseconds=2000",
        "--Order:Payments:TotalTimeoutMilliseconds=5000",
    ];

    protected ITestOutputHelper Output => output;

    protected FaultTable Table => table;

    /// <summary>A load of orders; a share of its callers does not ask twice.</summary>
    protected static OrderLoad Load(IPlatform platform, double patient = 0.8) => new(platform.Rest("Order"), Wishes.Of(Orders, Seed, patient));

    /// <summary>Runs a fault, and shows what the processes wrote if it fails.</summary>
    protected async Task During(IPlatform platform, Func<Random, Task> fault)
    {
        output.WriteLine($"DELIVERY_SEED={Seed} DELIVERY_ORDERS={Orders}");
        try
        {
            await fault(new Random(Seed));
        }
        finally
        {
            output.WriteLine(platform.Output);
        }
    }

    /// <summary>Delivers every order, and compares the books.</summary>
    protected Task Audited(string fault, IPlatform platform, OrderLoad load, params long[] except) =>
        Audit.Of(fault, platform, load.Acknowledged, except, table, output);

    /// <summary>Compares the books, once orders have been driven to one of the given ends.</summary>
    protected Task Compared(string fault, IPlatform platform, IReadOnlyList<long> acknowledged, params IReadOnlyList<string> endings) =>
        Audit.Compare(fault, platform, acknowledged, [], endings, table, output);

    private protected static int Wanted(int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable("DELIVERY_ORDERS"), CultureInfo.InvariantCulture, out var orders) ? orders : otherwise;

    [CollectionDefinition(Name, DisableParallelization = true)]
    public sealed class All : ICollectionFixture<FaultTable>;
}
