using System.ComponentModel.DataAnnotations;
using FoodDelivery.Stores;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FoodDelivery.Adapters.Stores;

/// <summary>Looks now and then for tickets that their store has not answered in time, and again at once as long as there are many.</summary>
internal sealed partial class AnswerWatch(
    RejectUnansweredHandler handler, IOptions<AnswerWatchOptions> options, TimeProvider clock, ILogger<AnswerWatch> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
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
}
