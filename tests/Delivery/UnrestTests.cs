using System.Diagnostics.CodeAnalysis;
using FoodDelivery.Tests.Support.Load;
using FoodDelivery.Tests.Support.Orders;
using FoodDelivery.Tests.Support.Processes;
using Xunit.Abstractions;

namespace FoodDelivery.Tests.Delivery;

/// <summary>Everything dies again and again while customers place and cancel, owners cook and reject, and an operator refunds.</summary>
[SuppressMessage("Security", "CA5394", Justification = "Where a fault strikes is no secret, but must be repeatable.")]
public sealed class UnrestTests(FaultTable table, ITestOutputHelper output) : FaultTests(table, output)
{
    private static readonly string[] Moves = ["receive", "cook", "cooked", "ship", "deliver"];

    [Fact]
    public async Task Every_order_ends_as_people_wanted_it_although_everything_dies()
    {
        await using var fleet = await Fleet.Local(Settings);
        await During(fleet, async random =>
        {
            var (rounds, load) = (Math.Max(3, Orders / 100), Load(fleet, patient: 1));
            var living = Live(fleet, load);
            for (var round = 0; round < rounds; round++)
            {
                await Task.Delay(random.Next(300, 1500));
                await fleet["Local"].Kill();
                await fleet["Local"].Start();
            }

            var wanted = await living;
            await Compared($"kill -9 of Local amid everything, {rounds} times", fleet, load.Acknowledged, "delivered", "refunded");
            Assert.Equal(Orders, wanted.Count);
            foreach (var (order, end) in wanted)
                Assert.Equal(end, (await order.Order()).Word("status"));
        });
    }

    private static async Task<IReadOnlyList<(PlacedOrder Order, string End)>> Live(Fleet fleet, OrderLoad load)
    {
        var placing = load.Open(Rate);
        var lives = new Dictionary<long, Task<(PlacedOrder, string)>>();
        do
        {
            await Task.WhenAny(placing, Task.Delay(TimeSpan.FromMilliseconds(50)));
            foreach (var id in load.Acknowledged.Where(id => !lives.ContainsKey(id)))
                lives[id] = Live(fleet, new PlacedOrder(fleet, id));
        }
        while (!placing.IsCompleted || lives.Count < load.Acknowledged.Count);

        await placing;
        return await Task.WhenAll(lives.Values);
    }

    private static async Task<(PlacedOrder Order, string End)> Live(Fleet fleet, PlacedOrder order)
    {
        switch (order.Id % 6)
        {
            case 0:
                await Insistence.Until(() => order.Move("reject"));
                return (order, "refunded");
            case 1:
                await Move(order, Moves[..(int)(order.Id / 6 % 4)]);
                await Insistence.Until(order.AskToCancel);
                return (order, "refunded");
            case 2:
                await Insistence.Until(() => fleet.Rest("Pay").Post("/payments", new { orderId = order.Id, action = "cancel" }));
                return (order, "refunded");
            default:
                await Move(order, Moves);
                return (order, "delivered");
        }
    }

    private static async Task Move(PlacedOrder order, string[] moves)
    {
        foreach (var move in moves)
            await Insistence.Until(() => order.Move(move));
    }
}
