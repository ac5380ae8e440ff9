using FoodDelivery.Customers.RebuildingView;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Adapters.Customers.View;

/// <summary>Carries on with a rebuild of the view, also with one that a dead process has begun.</summary>
internal sealed partial class Rebuilder(RebuildingView rebuilding, RebuildBell bell, ILogger<Rebuilder> log) : BackgroundService
{
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Continue(stoppingToken);
            await bell.Wait(Round, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task Continue(CancellationToken cancellation)
    {
        try
        {
            if (await rebuilding.Continue(cancellation))
                Completed();
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            Failed(failure);
        }
    }

    [LoggerMessage(LogLevel.Information, "The view of order statuses has been rebuilt and serves.")]
    private partial void Completed();

    [LoggerMessage(LogLevel.Error, "The view could not be rebuilt; the one before goes on serving, and the next round tries again.")]
    private partial void Failed(Exception failure);
}
