using FoodDelivery.Customers;
using FoodDelivery.Platform.Messaging;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Adapters.Customers.Notifications;

/// <summary>Sends notifications as soon as they are written, and looks now and then for those that were put off or left by a dead process.</summary>
internal sealed partial class Dispatcher(
    DispatchNotificationsHandler dispatching, DispatchNotifications command, DispatchSignal written, TimeProvider clock, ILogger<Dispatcher> log) : BackgroundService
{
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);

    // What is written meanwhile goes together: to look for each by itself takes the database longer than to note that it was sent.
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(50);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var claimed = await Dispatch(stoppingToken);
            if (claimed < command.AtMost)
                await Task.Delay(Linger, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

            if (claimed == 0)
                await written.Wait(Round, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<int> Dispatch(CancellationToken cancellation)
    {
        try
        {
            return await dispatching.Handle(command, cancellation);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            Failed(failure);
            return 0;
        }
    }

    [LoggerMessage(LogLevel.Error, "Notifications could not be dispatched; the next round tries again.")]
    private partial void Failed(Exception failure);
}

/// <summary>Set when notifications have been written.</summary>
internal sealed class DispatchSignal : Signal;
