using FoodDelivery.Platform.Storage;
using Microsoft.Extensions.Options;

namespace FoodDelivery.Platform.Messaging;

/// <summary>The events that this service's consumers could not handle, for its operators.</summary>
public sealed class DeadLetters
{
    private readonly DeadLetterTable _table;
    private readonly EventDispatcher _dispatcher;
    private readonly Dictionary<string, Subscription> _subscriptions;
    private readonly IDatabase _database;
    private readonly TimeSpan _leaseLength;
    private readonly TimeProvider _time;

    internal DeadLetters(
        DeadLetterTable table, EventDispatcher dispatcher, IEnumerable<Subscription> subscriptions, IDatabase database,
        IOptions<MessagingOptions> options, TimeProvider clock)
    {
        (_table, _dispatcher, _database, _time) = (table, dispatcher, database, clock);
        // Whoever holds a lease has half of it left at least: more than a handler may take.
        _leaseLength = options.Value.HandlerTimeout * 3;
        _subscriptions = subscriptions.ToDictionary(static subscription => subscription.Consumer, StringComparer.Ordinal);
    }

    /// <summary>The oldest <paramref name="limit"/> with an id above <paramref name="after"/> (0: from the first), oldest first.</summary>
    public async Task<IReadOnlyList<DeadLetter>> List(int limit, long after, CancellationToken cancellation) =>
    [
        .. (await _table.List(limit, after, cancellation)).Select(static row => new DeadLetter(
            row.Id, row.Consumer, row.Topic, row.Key, row.EventId, row.EventType, row.Error, DateTimeOffset.FromUnixTimeMilliseconds(row.ParkedAt))),
    ];

    /// <summary>How many there are.</summary>
    public Task<long> Count(CancellationToken cancellation) => _table.Count(consumer: null, key: null, cancellation);

    /// <summary>
    /// Handles a consumer's parked events of one key (null or empty: of every key) again, each key in order and up to the first that fails
    /// again. Events that arrive meanwhile are parked behind, and handled as well. Refused if the consumer is unknown or a replay of it is running.
    /// </summary>
    public async Task<Result<Replayed>> Replay(string consumer, string? key, CancellationToken cancellation)
    {
        if (!_subscriptions.TryGetValue(consumer, out var subscription))
            return Error.NotFound("consumer", consumer);

        key = key is null ? null : StorableText.Key(key);
        // Two replays of a key at once could hand an event to a handler after the next one.
        var lease = new Lease(_database, $"replay {consumer}", _leaseLength, _time);
        if (!await lease.Hold(cancellation))
            return Error.Conflict("REPLAY_RUNNING", $"The dead letters of {consumer} are being replayed already.");

        try
        {
            var handled = 0;
            foreach (var each in string.IsNullOrEmpty(key) ? await _table.ParkedKeys(consumer, cancellation) : [key])
                handled += await ReplayKey(subscription, each, lease, cancellation);

            return new Replayed(handled, (int)await _table.Count(consumer, key, cancellation));
        }
        finally
        {
            await lease.Release(CancellationToken.None);
        }
    }

    private async Task<int> ReplayKey(Subscription subscription, string key, Lease lease, CancellationToken cancellation)
    {
        var handled = 0;
        while (await lease.Hold(cancellation) && await _table.First(subscription.Consumer, key, cancellation) is { } letter)
        {
            try
            {
                await _dispatcher.Handle(subscription, EventDecoder.Decode(letter.Value), cancellation);
            }
            catch (Exception error) when (!cancellation.IsCancellationRequested)
            {
                await _table.Explain(letter.Id, KeyedProcessor.Describe(error), cancellation);
                break;
            }

            // Only now, with the effect durable. A death in between has the event handled again, and the inbox drops it. While the letter is
            // there, new events of its key line up behind it; deleting the last one is what frees the key, so nothing can slip past.
            await _table.Delete(letter.Id, cancellation);
            handled++;
        }

        return handled;
    }
}

/// <summary>An event that a consumer could not handle, or that waits behind one.</summary>
/// <param name="Id">Its place: a page goes on after the last one's.</param>
/// <param name="Consumer">Who could not handle it.</param>
/// <param name="Topic">Where it came from.</param>
/// <param name="Key">The order's number, or whatever else keeps such events in order.</param>
/// <param name="EventId">Its id.</param>
/// <param name="EventType">The full name of its message.</param>
/// <param name="Error">Why, or "behind EVENT".</param>
/// <param name="ParkedAt">Since when.</param>
public sealed record DeadLetter(
    long Id, string Consumer, string Topic, string Key, string EventId, string EventType, string Error, DateTimeOffset ParkedAt);

/// <summary>What a replay has achieved.</summary>
/// <param name="Handled">How many events were handled now.</param>
/// <param name="StillParked">How many of the same consumer (and key) are left.</param>
public sealed record Replayed(int Handled, int StillParked);
