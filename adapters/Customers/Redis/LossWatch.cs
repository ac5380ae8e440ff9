using System.Diagnostics.Metrics;
using FoodDelivery.Platform.Messaging.Rebuilding;
using FoodDelivery.Platform.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Adapters.Customers.Redis;

/// <summary>Notices within a second or so that Redis has lost the view, or may have lost a part, and begins to build it anew.</summary>
internal sealed partial class LossWatch : BackgroundService
{
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);

    private readonly RedisOrderStatuses _statuses;
    private readonly RebuildSignal _bell;
    private readonly Counter<long> _losses;
    private readonly TimeProvider _clock;
    private readonly ILogger<LossWatch> _log;
    private bool _away;
    private bool _asked;

    public LossWatch(RedisOrderStatuses statuses, RebuildSignal bell, IMeterFactory meters, TimeProvider clock, ILogger<LossWatch> log)
    {
        (_statuses, _bell, _clock, _log) = (statuses, bell, clock, log);
        _losses = meters.Create("FoodDelivery.Customers").CreateCounter<long>(
            "fooddelivery.view.losses", "{loss}", "How often the view was missing or in doubt, and a rebuild was begun for that reason.");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Whoever watches its growth must see it before it grows.
        _losses.Add(0);
        using var timer = new PeriodicTimer(Round, _clock);
        do
        {
            try
            {
                await Look(stoppingToken);
                _away = false;
            }
            catch (StorageUnavailableException) when (_away)
            {
                // Said once.
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                _away = true;
                Failed(failure);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task Look(CancellationToken cancellation)
    {
        var found = await _statuses.BeginRebuildIfLost(_clock.GetUtcNow(), cancellation);
        if (found.Begun)
        {
            _losses.Add(1);
            if (found.Serves)
                InDoubt();
            else
                Missing();
            _bell.Set();
        }

        await _statuses.DropRetired(cancellation);
        if (_asked)
            return;

        var policy = await _statuses.EvictionPolicy(cancellation);
        _asked = true;
        if (policy.StartsWith("allkeys", StringComparison.Ordinal))
            Evicts(policy);
    }

    [LoggerMessage(LogLevel.Warning, "Redis has been started anew or replaced and may have lost changes; the view is built from the log, and what is there serves meanwhile.")]
    private partial void InDoubt();

    [LoggerMessage(LogLevel.Warning, "Redis has no view of order statuses; it is built from the log.")]
    private partial void Missing();

    [LoggerMessage(LogLevel.Warning, "Redis may drop parts of the view unnoticed when its memory is full, since its maxmemory-policy is {Policy}; choose noeviction.")]
    private partial void Evicts(string policy);

    [LoggerMessage(LogLevel.Warning, "Whether Redis has the view of order statuses cannot be told at the moment.")]
    private partial void Failed(Exception failure);
}
