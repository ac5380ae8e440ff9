using FoodDelivery.Adapters.Ordering.Messaging;
using FoodDelivery.Platform.Messaging;
using Microsoft.Extensions.Hosting;

namespace FoodDelivery.Adapters.Ordering.Persistence;

/// <summary>
/// Opens the replica of the menus for sale once it has caught up, holds something, and has stopped growing: stores that are opened together, as on
/// a system's first start, are sold from together.
/// </summary>
internal sealed class CatchingUp(ConsumerProgress progress, SqlMenus menus, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await progress.CaughtUp(OrderingConsumers.Menus).WaitAsync(stoppingToken);
        var (known, now) = (0L, await menus.Count(stoppingToken));
        while (now == 0 || now > known)
        {
            await Task.Delay(Interval, clock, stoppingToken);
            (known, now) = (now, await menus.Count(stoppingToken));
        }

        await menus.MarkCaughtUp(stoppingToken);
    }
}
