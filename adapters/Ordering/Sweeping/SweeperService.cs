using FoodDelivery.Ordering;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FoodDelivery.Adapters.Ordering.Sweeping;

/// <summary>Sweeps now and then, and again at once as long as there is something to sweep.</summary>
internal sealed partial class SweeperService(
    SweepAttemptsHandler handler, IOptions<SweeperOptions> options, TimeProvider clock, ILogger<SweeperService> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.IntervalSeconds), clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Sweep(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                Failed(error);
            }
        }
    }

    private async Task Sweep(CancellationToken cancellation)
    {
        var command = new SweepAttempts(TimeSpan.FromSeconds(options.Value.AgeSeconds));
        while (await handler.Handle(command, MessageContext.Command($"sweep-{Guid.CreateVersion7(clock.GetUtcNow())}"), cancellation) is > 0 and var overdue)
            Swept(overdue);
    }

    [LoggerMessage(LogLevel.Information, "{Overdue} attempts were open for too long and are given up.")]
    private partial void Swept(int overdue);

    [LoggerMessage(LogLevel.Error, "Sweeping failed; it is tried again.")]
    private partial void Failed(Exception error);
}
