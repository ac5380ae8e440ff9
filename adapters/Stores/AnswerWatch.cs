using System.ComponentModel.DataAnnotations;
using FoodDelivery.Stores;
using FoodDelivery.Stores.Ports;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FoodDelivery.Adapters.Stores;

/// <summary>
/// Looks now and then for tickets that their store has not answered in time, and again at once as long as there are many. After a start it waits first: nobody could
/// answer while this service was away, and from a backup tickets come back as they were before they were answered. While they are restored from the log it rejects none.
/// </summary>
internal sealed partial class AnswerWatch(
    RejectUnansweredHandler handler,
    ITicketRestorations restorations,
    IOptions<AnswerWatchOptions> options,
    TimeProvider clock,
    ILogger<AnswerWatch> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Delay(options.Value.Patience, clock, stoppingToken);
        using var timer = new PeriodicTimer(options.Value.Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (await restorations.CurrentRebuild(stoppingToken) is null)
                    await Reject(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                Failed(error);
            }
        }
    }

    private async Task Reject(CancellationToken cancellation)
    {
        IReadOnlyList<OrderId> rejected;
        do
        {
            rejected = await handler.Handle(
                new RejectUnanswered(), MessageContext.Command($"answers-{Guid.CreateVersion7(clock.GetUtcNow())}"), cancellation);
            foreach (var order in rejected)
                Rejected(order);
        }
        while (rejected.Count == RejectUnansweredHandler.BatchSize);
    }

    [LoggerMessage(LogLevel.Information, "The store of order {Order} did not answer in time; the order is rejected.")]
    private partial void Rejected(OrderId order);

    [LoggerMessage(LogLevel.Error, "Looking for tickets that nobody has answered failed; it is tried again.")]
    private partial void Failed(Exception error);
}

/// <summary>The settings under <c>Store:Answers</c>.</summary>
internal sealed class AnswerWatchOptions
{
    public const string Section = "Store:Answers";

    /// <summary>How often it looks for tickets that were not answered in time.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:10:00", ErrorMessage = "Store:Answers:Interval must be 0.05 seconds to ten minutes.")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long after the start of the service nothing is rejected.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "23:59:59", ErrorMessage = "Store:Answers:Patience must be less than a day.")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromMinutes(10);
}
