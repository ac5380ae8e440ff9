using System.ComponentModel.DataAnnotations;
using FoodDelivery.Ordering;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FoodDelivery.Adapters.Ordering;

/// <summary>Sweeps now and then, and again at once as long as there is something to sweep.</summary>
internal sealed partial class AttemptSweeper(
    SweepAttemptsHandler handler, IOptions<SweeperOptions> options, TimeProvider clock, ILogger<AttemptSweeper> log) : BackgroundService
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

/// <summary>The settings under <c>Order:Sweeper</c>.</summary>
internal sealed class SweeperOptions
{
    public const string Section = "Order:Sweeper";

    /// <summary>How often it looks for overdue attempts, in seconds.</summary>
    [Range(0.05, 3600, ErrorMessage = "Order:Sweeper:IntervalSeconds must be 0.05 to 3600.")]
    public double IntervalSeconds { get; set; } = 5;

    /// <summary>How long an attempt may stay open, in seconds: many times longer than placing waits for a payment.</summary>
    [Range(1, 3600, ErrorMessage = "Order:Sweeper:AgeSeconds must be 1 to 3600.")]
    public double AgeSeconds { get; set; } = SweepAttemptsHandler.DefaultOpenFor.TotalSeconds;

    /// <summary>How long an attempt that has ended is kept, counted from when it was opened: as long a repeated idempotency key means the same order.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00", ErrorMessage = "Order:Sweeper:KeepAttempts must be 1 to 3650 days.")]
    public TimeSpan KeepAttempts { get; set; } = TimeSpan.FromDays(30);
}
