using FoodDelivery.Customers.Ports;

namespace FoodDelivery.Customers.DispatchingNotifications;

/// <summary>Sends each pending notification once, whoever else does the same and wherever a process dies.</summary>
/// <param name="notifications">What is pending; a claim excludes other dispatchers for a while.</param>
/// <param name="channel">The way out. A crash between sending and noting it repeats the message under the same key.</param>
/// <param name="time">Measures claims and delays.</param>
public sealed class DispatchingNotifications(INotifications notifications, INotificationChannel channel, TimeProvider time)
{
    /// <summary>How long a dispatcher that died usually holds up what it had claimed.</summary>
    public static readonly TimeSpan Claim = TimeSpan.FromSeconds(15);

    /// <summary>How long a channel may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>How often one notification is tried; the last pause is four minutes.</summary>
    public const int Attempts = 10;

    private const int AtOnce = 16;

    /// <summary>How many were claimed, sent or not: with none there is nothing to do for now.</summary>
    public async Task<int> Handle(DispatchNotifications command, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var until = now + command.Claim;
        var claimed = await notifications.Claim(now, until, command.AtMost, cancellation);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation };
        await Parallel.ForEachAsync(claimed, parallel, async (one, stop) =>
        {
            // A claim that could run out while it is sent leaves it to the next claim: nobody else may be sending it too.
            if (time.GetUtcNow() + Patience < until)
                await Dispatch(one, stop);
        });
        return claimed.Count;
    }

    private async Task Dispatch(ClaimedNotification claimed, CancellationToken cancellation)
    {
        if (await IsSent(claimed, cancellation))
            await notifications.MarkSent(claimed, channel.Name, time.GetUtcNow(), cancellation);
        else if (claimed.Attempt >= Attempts)
            await notifications.GiveUp(claimed, cancellation);
        else
            await notifications.Postpone(claimed, time.GetUtcNow() + PauseAfter(claimed.Attempt), cancellation);
    }

    private async Task<bool> IsSent(ClaimedNotification claimed, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            var outcome = await channel.Send(claimed.Notification, claimed.Notification.MessageKey, either.Token);
            return !outcome.IsRejected(out _);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    private static TimeSpan PauseAfter(int attempt) => TimeSpan.FromSeconds(0.5) * (1 << attempt);
}
