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
/// <param name="clock">Measures the pauses.</param>
public sealed class WatchOrderHandler(IOrderStatuses statuses, IStatusFeed feed, TimeProvider clock)
{
    /// <summary>So often the store is asked, for all watchers together, since a feed may lose what it was told.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly SharedLook _looks = new(statuses, clock);

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
        using var place = _looks.Join(watch.OrderId);
        var reader = new ChangeReader(subscription.Changes);
        var seen = watch.AfterVersion;

        while (true)
        {
            // Asked for before the reading: what is found out after it is looked at again.
            var isBehind = place.IsBehind;
            var view = await statuses.Find(watch.OrderId, cancellation);
            seen ??= view is null ? 0 : view.Version - 1;
            foreach (var change in view?.ChangesAfter(seen.Value) ?? [])
            {
                yield return change;
                seen = change.Version;
            }

            if (view is not null && view.Status.IsFinal())
                yield break;

            // Of a view that was rebuilt from a shortened log, changes may be missing: their count is less than the version then.
            var revision = (long)(view?.History.Count ?? 0);
            place.Seen = revision;
            while (await reader.Next(isBehind, cancellation) is { } change && change.Version <= seen + 1)
            {
                if (change.Version <= seen)
                    continue;
                yield return change;
                place.Seen = ++revision;
                seen = change.Version;
                if (change.Status.IsFinal())
                    yield break;
            }
        }
    }
}

/// <summary>Reads a subscription until something else is to be done.</summary>
internal sealed class ChangeReader(ChannelReader<StatusChange> changes)
{
    // Kept beyond that: a channel with a single reader bears one waiting call at a time.
    private Task<bool>? _waiting;

    /// <summary>The next change, or null once <paramref name="other"/> has completed.</summary>
    public async Task<StatusChange?> Next(Task other, CancellationToken cancellation)
    {
        if (changes.TryRead(out var there))
            return there;

        _waiting ??= changes.WaitToReadAsync(cancellation).AsTask();
        await Task.WhenAny(_waiting, other);
        cancellation.ThrowIfCancellationRequested();
        if (!_waiting.IsCompleted)
            return null;

        _waiting = null;
        return changes.TryRead(out var arrived) ? arrived : null;
    }
}

/// <summary>
/// Asks the view's store which of the watched orders have changed: once for all watchers, whatever their number, and not at all while there are none. As long as the store
/// does not answer, watchers wait.
/// </summary>
internal sealed class SharedLook(IOrderStatuses statuses, TimeProvider clock)
{
    private const int AtOnce = 1_000;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly HashSet<Place> _places = [];
    private bool _goesOn;

    /// <summary>A watcher's place; disposing of it ends it.</summary>
    public Place Join(OrderId order)
    {
        var place = new Place(this, order);
        lock (_gate)
        {
            _places.Add(place);
            if (_goesOn)
                return place;

            _goesOn = true;
        }

        // It works for all: no watcher's trace or log scope goes with it.
        using (ExecutionContext.SuppressFlow())
            _ = GoOn();

        return place;
    }

    private async Task GoOn()
    {
        while (true)
        {
            await Task.Delay(WatchOrderHandler.Silence, clock);
            Place[] places;
            lock (_gate)
            {
                _goesOn = _places.Count > 0;
                if (!_goesOn)
                    return;

                places = [.. _places];
            }

            foreach (var some in places.Chunk(AtOnce))
            {
                try
                {
                    await Look(some);
                }
                catch (Exception)
                {
                    // The next look finds the same; that the store is away is told by whoever needs it for an answer.
                }
            }
        }
    }

    private async Task Look(Place[] places)
    {
        using var bound = new CancellationTokenSource(Longest, clock);
        var revisions = await statuses.Revisions([.. places.Select(static place => place.Order).Distinct()], bound.Token);
        foreach (var place in places)
        {
            if (revisions.TryGetValue(place.Order, out var revision))
                place.Found(revision);
        }
    }

    /// <summary>One watcher, and what it knows.</summary>
    public sealed class Place(SharedLook looks, OrderId order) : IDisposable
    {
        private TaskCompletionSource _behind = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private long _seen;
        private long _found;

        public OrderId Order => order;

        /// <summary>The last version that the watcher was told of.</summary>
        public long Seen
        {
            set => Volatile.Write(ref _seen, value);
        }

        /// <summary>Completes when the store has been found to know more than the watcher since this was asked for.</summary>
        public Task IsBehind
        {
            get
            {
                var known = Volatile.Read(ref _behind);
                if (known.Task.IsCompleted)
                    Volatile.Write(ref _behind, known = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

                return known.Task;
            }
        }

        /// <summary>Takes note of a revision: one that is neither the version that was told last nor what was found before is news.</summary>
        public void Found(long revision)
        {
            if (revision == _found || revision == Volatile.Read(ref _seen))
                return;

            _found = revision;
            Volatile.Read(ref _behind).TrySetResult();
        }

        public void Dispose()
        {
            lock (looks._gate)
            {
                looks._places.Remove(this);
            }
        }
    }
}
