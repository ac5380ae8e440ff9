using System.ComponentModel.DataAnnotations;
using System.Diagnostics.Metrics;
using FoodDelivery.Ordering;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FoodDelivery.Adapters.Ordering;

/// <summary>Looks now and then for paid orders whose ticket never came, and tells of them: by a line each and by their number.</summary>
internal sealed partial class TicketWatch : BackgroundService
{
    private readonly SweepOrdersWithoutTicketHandler _handler;
    private readonly TicketWatchOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<TicketWatch> _log;
    private int _waiting;

    public TicketWatch(
        SweepOrdersWithoutTicketHandler handler, IOptions<TicketWatchOptions> options, IMeterFactory meters, TimeProvider clock, ILogger<TicketWatch> log)
    {
        (_handler, _options, _clock, _log) = (handler, options.Value, clock, log);
        meters.Create("FoodDelivery.Ordering").CreateObservableGauge(
            "fooddelivery.orders.without_ticket",
            () => Volatile.Read(ref _waiting),
            "{order}",
            "Paid orders that have waited for their store's ticket for too long, when last seen.");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_options.Interval, _clock);
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
        var command = new SweepOrdersWithoutTicket(_options.Patience, _options.Reminders, _options.GiveBackAfter > TimeSpan.Zero ? _options.GiveBackAfter : null);
        SweptOrders swept;
        do
        {
            swept = await _handler.Handle(command, MessageContext.Command($"tickets-{Guid.CreateVersion7(_clock.GetUtcNow())}"), cancellation);
            Volatile.Write(ref _waiting, swept.Waiting);
            foreach (var order in swept.Reminded)
                Reminded(order);
            foreach (var order in swept.GivenBack)
                GivenBack(order, _options.GiveBackAfter);
        }
        while (swept.Reminded.Count + swept.GivenBack.Count == SweepOrdersWithoutTicketHandler.BatchSize);
    }

    [LoggerMessage(LogLevel.Warning, "Order {Order} is paid and has no ticket; its store was told of it again.")]
    private partial void Reminded(OrderId order);

    [LoggerMessage(LogLevel.Warning, "Order {Order} had no ticket after {GiveBackAfter}; it is cancelled, and its money goes back.")]
    private partial void GivenBack(OrderId order, TimeSpan giveBackAfter);

    [LoggerMessage(LogLevel.Error, "Looking for orders without a ticket failed; it is tried again.")]
    private partial void Failed(Exception error);
}

/// <summary>The settings under <c>Order:Tickets</c>.</summary>
internal sealed class TicketWatchOptions : IValidatableObject
{
    public const string Section = "Order:Tickets";

    /// <summary>How often it looks for orders without a ticket.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "01:00:00", ErrorMessage = "Order:Tickets:Interval must be 0.05 seconds to an hour.")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a ticket may take before its store is told of the order again: far longer than events usually take.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ErrorMessage = "Order:Tickets:Patience must be a second to a day.")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How often a store is told again, twice as late each time.</summary>
    [Range(0, 10, ErrorMessage = "Order:Tickets:Reminders must be 0 to 10.")]
    public int Reminders { get; set; } = 5;

    /// <summary>How long after it was placed an order without a ticket is cancelled and refunded; zero for never. Longer than a store may be down.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00", ErrorMessage = "Order:Tickets:GiveBackAfter must be 0 (never) to 30 days.")]
    public TimeSpan GiveBackAfter { get; set; } = TimeSpan.FromDays(1);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (GiveBackAfter > TimeSpan.Zero && GiveBackAfter < 2 * Patience)
            yield return new ValidationResult("Order:Tickets:GiveBackAfter must be 0 (never) or at least twice Order:Tickets:Patience.");
    }
}
