using FoodDelivery.Adapters.Ordering.Messaging;
using FoodDelivery.Platform.Messaging;
using Microsoft.Extensions.Hosting;

namespace FoodDelivery.Adapters.Ordering.Persistence;

/// <summary>Opens the replica of the menus for sale once it has caught up and holds something.</summary>
internal sealed class CatchingUp(ConsumerProgress progress, SqlMenus menus, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await progress.CaughtUp(OrderingConsumers.Menus).WaitAsync(stoppingToken);
        while (!await menus.HasAny(stoppingToken))
        {
            await Task.Delay(Interval, time, stoppingToken);
        }

        await menus.MarkCaughtUp(stoppingToken);
    }
}
