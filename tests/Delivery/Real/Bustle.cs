using System.Collections.Concurrent;
using FoodDelivery.Tests.Support.Load;
using FoodDelivery.Tests.Support.Orders;
using FoodDelivery.Tests.Support.Processes;

namespace FoodDelivery.Tests.Delivery.Real;

/// <summary>Customers place orders and owners cook and deliver them, for as long as something strikes.</summary>
/// <param name="platform">Where.</param>
/// <param name="orders">How many orders at the least.</param>
/// <param name="rate">How many a second.</param>
/// <param name="occasion">Sets this bustle's orders apart from those of others.</param>
internal sealed class Bustle(IPlatform platform, int orders, double rate, string occasion)
{
    private const int Cooks = 8;
    private const int Few = 5;

    private static readonly string[] Moves = ["receive", "cook", "cooked", "ship", "deliver"];
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentQueue<OrderLoad> _loads = [];
    private readonly Queue<long> _tickets = [];
    private readonly HashSet<long> _seen = [];

    public IReadOnlyList<long> Acknowledged => [.. _loads.SelectMany(static load => load.Acknowledged)];

    public IEnumerable<Fate> Fates => _loads.SelectMany(static load => load.Fates);

    /// <summary>Goes on until enough orders are placed, and <paramref name="strike"/> is over, and all that was acknowledged is delivered.</summary>
    public async Task During(Task strike)
    {
        var placing = Place(strike);
        var cooks = Enumerable.Range(0, Cooks).Select(_ => Cook(placing)).ToList();
        await placing;
        await Task.WhenAll(cooks);
        await strike;
    }

    private async Task Place(Task strike)
    {
        var random = FaultTests.Seed;
        do
        {
            // What strikes for longer meets fewer orders, so that a slow machine is not told to do more.
            var (count, pace) = _loads.IsEmpty ? (orders, rate) : (Few, Few);
            var load = new OrderLoad(platform.Rest("Order"), Wishes.Of(count, random++, patient: 0.8, occasion));
            _loads.Enqueue(load);
            await load.Open(pace);
        }
        while (!strike.IsCompleted);
    }

    private async Task Cook(Task placing)
    {
        while (true)
        {
            var last = placing.IsCompleted;
            if (Next() is { } order)
                await Deliver(new PlacedOrder(platform, order));
            else if (last)
                return;
            else
                await Task.Delay(Glance);
        }
    }

    private long? Next()
    {
        lock (_tickets)
        {
            foreach (var order in Acknowledged.Where(_seen.Add))
                _tickets.Enqueue(order);
            return _tickets.TryDequeue(out var next) ? next : null;
        }
    }

    private static async Task Deliver(PlacedOrder order)
    {
        foreach (var move in Moves)
            await Insistence.Until(() => order.Move(move));
    }
}
