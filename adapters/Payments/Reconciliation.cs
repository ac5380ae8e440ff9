using System.ComponentModel.DataAnnotations;
using FoodDelivery.Adapters.Payments.Persistence;
using FoodDelivery.Payments;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FoodDelivery.Adapters.Payments;

/// <summary>Compares the provider's books of the last days with the payments now and then. One replica does it; were there two, the versions of the payments keep them apart.</summary>
internal sealed partial class ReconciliationWorker(
    ReconcilePaymentsHandler reconciling,
    DiscrepancyReport report,
    IDatabase database,
    IOptions<ReconciliationOptions> options,
    TimeProvider clock,
    ILogger<ReconciliationWorker> log) : BackgroundService
{
    // Far more than a busy month has: a provider that always has another page is not followed for ever.
    private const int MaxPages = 100_000;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var settings = options.Value;
        if (settings.Interval == TimeSpan.Zero)
            return;

        // Held beyond the next time, so that it stays with one replica; another takes over when that one is gone.
        var lease = new Lease(database, "reconciliation", 2 * settings.Interval, clock);
        using var timer = new PeriodicTimer(settings.Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await Compare(lease, settings, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
        finally
        {
            await GiveBack(lease);
        }
    }

    private async Task Compare(Lease lease, ReconciliationOptions settings, CancellationToken cancellation)
    {
        try
        {
            var (from, after) = (clock.GetUtcNow() - TimeSpan.FromDays(settings.Days), "");
            for (var page = 0; page < MaxPages && await lease.Hold(cancellation); page++)
            {
                var cause = MessageContext.Command($"reconcile-{Guid.CreateVersion7(clock.GetUtcNow())}");
                if ((await reconciling.Handle(new ReconcilePayments(from, settings.Grace, after), cause, cancellation)).IsError(out var unclear, out var compared))
                {
                    NotRead(unclear.Message);
                    return;
                }

                report.Tell(compared.Found);
                if (compared.Next is not { } next)
                    return;

                after = next;
            }
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            Failed(failure);
        }
    }

    private async Task GiveBack(Lease lease)
    {
        try
        {
            await lease.Release(CancellationToken.None);
        }
        catch (Exception failure)
        {
            // It runs out by itself.
            NotReleased(failure);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The provider's books could not be compared with the payments: {Why} It is tried again.")]
    private partial void NotRead(string why);

    [LoggerMessage(LogLevel.Error, "Comparing the provider's books with the payments failed; it is tried again.")]
    private partial void Failed(Exception failure);

    [LoggerMessage(LogLevel.Information, "The lease on comparing books with the provider was not given back.")]
    private partial void NotReleased(Exception failure);
}

/// <summary>Tells operators of differences between the provider's books and ours.</summary>
internal sealed partial class DiscrepancyReport(PaymentMetrics metrics, ILogger<DiscrepancyReport> log)
{
    public void Tell(IEnumerable<Discrepancy> found)
    {
        foreach (var (order, kind) in found)
        {
            metrics.Differ(kind);
            Differs(order, kind);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The provider's books and ours differed about order {Order}: {Kind}")]
    private partial void Differs(OrderId order, DiscrepancyKind kind);
}

/// <summary>The settings under <c>Pay:Reconciliation</c>.</summary>
internal sealed class ReconciliationOptions : IValidatableObject
{
    public const string Section = "Pay:Reconciliation";

    private static readonly TimeSpan LeastInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>How often the books are compared; zero for never.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00", ErrorMessage = "Pay:Reconciliation:Interval must be 0 (never) to a day.")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How many days back.</summary>
    [Range(1, 31, ErrorMessage = "Pay:Reconciliation:Days must be 1 to 31.")]
    public int Days { get; set; } = 3;

    /// <summary>How old a charge must be to be judged: a younger one may be under way. It is a payment, or never will be, long before a minute has passed.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00", ErrorMessage = "Pay:Reconciliation:Grace must be a minute to a day.")]
    public TimeSpan Grace { get; set; } = TimeSpan.FromMinutes(10);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Interval > TimeSpan.Zero && Interval < LeastInterval)
            yield return new ValidationResult("Pay:Reconciliation:Interval must be 0 (never), or 0.1 seconds to a day.");
    }
}
