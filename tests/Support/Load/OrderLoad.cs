using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using FoodDelivery.Tests.Support.Rest;

namespace FoodDelivery.Tests.Support.Load;

/// <summary>Places orders, and keeps a list of what was acknowledged.</summary>
/// <param name="target">Ordering's REST port.</param>
/// <param name="wishes">The orders to place.</param>
public sealed class OrderLoad(RestClient target, IReadOnlyList<Wish> wishes)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly ConcurrentQueue<Fate> _fates = [];

    /// <summary>What has become of the wishes so far.</summary>
    public IReadOnlyCollection<Fate> Fates => _fates;

    /// <summary>The numbers of the orders that callers were told of.</summary>
    public IReadOnlyList<long> Acknowledged => [.. _fates.Where(static fate => fate.Acknowledged).Select(static fate => fate.OrderId!.Value)];

    /// <summary>Places them by a number of callers, each of whom waits for its answer before the next order.</summary>
    public Task Closed(int callers)
    {
        var left = new ConcurrentQueue<Wish>(wishes);
        return Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            while (left.TryDequeue(out var wish))
                _fates.Enqueue(await Place(wish, Stopwatch.StartNew()));
        })));
    }

    /// <summary>Places them at a rate, however long the answers take.</summary>
    public async Task Open(double perSecond)
    {
        var placed = new List<Task>();
        var clock = Stopwatch.StartNew();
        foreach (var (number, wish) in wishes.Index())
        {
            var wait = TimeSpan.FromSeconds(number / perSecond) - clock.Elapsed;
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait);
            var due = Stopwatch.StartNew();
            placed.Add(Task.Run(async () => _fates.Enqueue(await Place(wish, due))));
        }

        await Task.WhenAll(placed);
    }

    private async Task<Fate> Place(Wish wish, Stopwatch since)
    {
        for (var tries = 1; ; tries++)
        {
            var (order, last) = await Try(wish);
            if (order is not null || !wish.Patient || since.Elapsed > Patience)
                return new Fate(wish, order, tries, last, since.Elapsed);
            await Task.Delay(Pause);
        }
    }

    private async Task<(long? Order, string Last)> Try(Wish wish)
    {
        try
        {
            var answer = await target.Post("/orders", wish.Body, wish.Key);
            return (answer.Status == 201 ? answer.Number("orderId") : null, answer.ToString());
        }
        catch (Exception unclear) when (unclear is HttpRequestException or SocketException or TaskCanceledException)
        {
            return (null, unclear.Message);
        }
    }
}
