using System.Runtime.CompilerServices;
using System.Threading.Channels;
using FoodDelivery.Customers.Ports;

namespace FoodDelivery.Customers;

/// <summary>Asks to be told of an order's changes until it has come to an end.</summary>
/// <param name="OrderId">The order's number; one that the view does not know yet is waited for.</param>
/// <param name="AfterVersion">The last version seen, to resume after it; null for the current state first, then what follows.</param>
public sealed record WatchOrder(OrderId OrderId, long? AfterVersion);

/// <summary>An order that is being watched from the moment that its changes are enumerated.</summary>
/// <param name="Changes">Each change once and in order, as it happens; ends with a final status.</param>
public sealed record WatchedOrder(IAsyncEnumerable<StatusChange> Changes);

/// <summary>Follows one order: each change exactly once and in order, the end with a final status.</summary>
/// <param name="statuses">The view's store: what the feed did not bring is read there.</param>
/// <param name="feed">Brings what is new.</param>
/// <param name="clock">Measures the feed's silence.</param>
public sealed class WatchOrderHandler(IOrderStatuses statuses, IStatusFeed feed, TimeProvider clock)
{
    /// <summary>After so long a silence the store is asked, since a feed may lose what it was told.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// The changes as they happen, or a refusal if the question makes no sense, names a version that there is not yet, or the order is not there for the caller.
    /// </summary>
    public async Task<Result<WatchedOrder>> Handle(WatchOrder watch, AccessScope scope, CancellationToken cancellation)
    {
        if (watch.OrderId.Value <= 0)
            return Error.Invalid("orderId", "An order's number is positive.");
        if (watch.AfterVersion < 0)
            return Error.Invalid("afterVersion", "A version is not negative.");
        if (!scope.CoversEveryCustomer(watch.OrderId) && (await GetSoon(watch.OrderId, scope, cancellation)).IsError(out var refusal))
            return refusal;
        if (watch.AfterVersion is > 0 and var after && (await statuses.Find(watch.OrderId, cancellation))?.Version is var newest && after > (newest ?? 0))
            return Error.OutOfRange("afterVersion", "version", newest ?? 0);
        return new WatchedOrder(Changes(watch, cancellation));
    }

    // Whoever has just placed an order may watch it before the view knows it. Another's order is waited for as if it were not there, so that the time
    // tells nothing either.
    private async Task<Result<OrderStatusView>> GetSoon(OrderId order, AccessScope scope, CancellationToken cancellation)
    {
        var began = clock.GetTimestamp();
        while (true)
        {
            var found = await statuses.Get(order, scope, cancellation);
            if (!found.IsError(out var refusal) || refusal.Kind is not ErrorKind.NotFound || clock.GetElapsedTime(began) > Silence)
                return found;
            await Task.Delay(Pause, clock, cancellation);
        }
    }

    private async IAsyncEnumerable<StatusChange> Changes(WatchOrder watch, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // Subscribed before the first reading: what changes between the two is in the subscription.
        await using var subscription = await feed.Subscribe(watch.OrderId, cancellation);
        var reader = new ChangeReader(subscription.Changes, clock);
        var seen = watch.AfterVersion;

        while (true)
        {
            var view = await statuses.Find(watch.OrderId, cancellation);
            seen ??= view is null ? 0 : view.Version - 1;
            foreach (var change in view?.ChangesAfter(seen.Value) ?? [])
            {
                yield return change;
                seen = change.Version;
            }

            if (view is not null && view.Status.IsFinal())
                yield break;

            while (await reader.Next(Silence, cancellation) is { } change && change.Version <= seen + 1)
            {
                if (change.Version <= seen)
                    continue;
                yield return change;
                seen = change.Version;
                if (change.Status.IsFinal())
                    yield break;
            }
        }
    }
}

/// <summary>Reads a subscription with a time-out, without an exception each time that it runs out.</summary>
internal sealed class ChangeReader(ChannelReader<StatusChange> changes, TimeProvider clock)
{
    // Kept beyond a silence: a channel with a single reader bears one waiting call at a time.
    private Task<bool>? _waiting;

    /// <summary>The next change, or null after a silence of <paramref name="timeout"/>.</summary>
    public async Task<StatusChange?> Next(TimeSpan timeout, CancellationToken cancellation)
    {
        if (changes.TryRead(out var there))
            return there;

        _waiting ??= changes.WaitToReadAsync(cancellation).AsTask();
        await ((Task)_waiting).WaitAsync(timeout, clock, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellation.ThrowIfCancellationRequested();
        if (!_waiting.IsCompleted)
            return null;

        _waiting = null;
        return changes.TryRead(out var arrived) ? arrived : null;
    }
}
