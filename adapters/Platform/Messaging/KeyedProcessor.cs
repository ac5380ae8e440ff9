using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using Google.Protobuf;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FoodDelivery.Platform.Messaging;

/// <summary>Handles the events of one key, one after another. An event that cannot be handled is parked, and those behind it wait with it.</summary>
internal sealed partial class KeyedProcessor(
    EventDispatcher dispatcher, DeadLetterTable deadLetters, MessagingMetrics metrics, IOptions<MessagingOptions> options, TimeProvider clock, ILogger<KeyedProcessor> logger)
{
    private readonly MessagingOptions _options = options.Value;

    /// <summary>Completes when each record's effect, or its parking, is durable; true if the key was parked, now or before.</summary>
    /// <param name="subscription">Who handles them.</param>
    /// <param name="records">The key's, in their order.</param>
    /// <param name="parked">Whether the key is known to be parked.</param>
    /// <param name="inOneOrder">Whether what an event follows has come before it for certain, so that there is no sense in waiting for it.</param>
    /// <param name="cancellation">Stops the handling.</param>
    public async Task<bool> Run(Subscription subscription, IEnumerable<LogRecord> records, bool parked, bool inOneOrder, CancellationToken cancellation)
    {
        foreach (var record in records)
        {
            if (!parked || !await WaitsBehind(subscription, record, cancellation))
                parked |= !await Handled(subscription, record, inOneOrder, cancellation);
        }

        return parked;
    }

    private async Task<bool> Handled(Subscription subscription, LogRecord record, bool inOneOrder, CancellationToken cancellation)
    {
        if (!TryDecode(record, out var envelope, out var unreadable))
        {
            var parked = ParkedEvent.From(subscription.Consumer, subscription.Topic, record, envelope: null);
            for (var failures = 1; !await TryPark(parked, unreadable, failures, cancellation); failures++)
                await Task.Delay(_options.Backoff.After(failures), clock, cancellation);

            return false;
        }

        var start = clock.GetTimestamp();
        for (int failures = 1, faults = 0; ; failures++)
        {
            try
            {
                await dispatcher.Handle(subscription, envelope, cancellation);
                return true;
            }
            catch (Exception error) when (!cancellation.IsCancellationRequested)
            {
                var patience = _options.Patience(error, inOneOrder);
                faults += patience is null ? 1 : 0;
                if (error is InvalidProtocolBufferException
                    || (patience is { } bound ? clock.GetElapsedTime(start) >= bound : faults >= _options.MaxAttempts))
                {
                    // If not even that can be written, the database is what fails: then the event gets another try, and so on until it is back.
                    if (await TryPark(ParkedEvent.From(subscription.Consumer, subscription.Topic, record, envelope), error, failures, cancellation))
                        return false;
                }

                LogRetried(logger, envelope.Id, envelope.Type, record.Key, subscription.Consumer, failures, error);
                metrics.Retried(subscription.Consumer, envelope.Type);
            }

            await Task.Delay(_options.Backoff.After(failures), clock, cancellation);
        }
    }

    // False if a replay has meanwhile freed the key, or had handled this event before: then it is handled like any other. The next event asks
    // again, since the key may still be parked.
    private async Task<bool> WaitsBehind(Subscription subscription, LogRecord record, CancellationToken cancellation)
    {
        _ = TryDecode(record, out var envelope, out _);
        var parked = ParkedEvent.From(subscription.Consumer, subscription.Topic, record, envelope);
        for (var failures = 1; ; failures++)
        {
            try
            {
                var waits = await deadLetters.TryParkBehind(parked, cancellation);
                if (waits)
                    metrics.Parked(subscription.Consumer, parked.EventType);

                return waits;
            }
            catch (Exception error) when (!cancellation.IsCancellationRequested)
            {
                LogParkingFailed(logger, failures, error);
            }

            await Task.Delay(_options.Backoff.After(failures), clock, cancellation);
        }
    }

    // The offset moves on only after this has succeeded: nothing is skipped.
    private async Task<bool> TryPark(ParkedEvent parked, Exception why, int failures, CancellationToken cancellation)
    {
        try
        {
            await deadLetters.Park(parked, Describe(why), cancellation);
            LogParked(logger, parked.EventId, parked.EventType, parked.Key, parked.Consumer, why);
            metrics.Parked(parked.Consumer, parked.EventType);
            return true;
        }
        catch (Exception error) when (!cancellation.IsCancellationRequested)
        {
            LogParkingFailed(logger, failures, error);
            return false;
        }
    }

    private static bool TryDecode(LogRecord record, [NotNullWhen(true)] out Envelope? envelope, [NotNullWhen(false)] out FormatException? unreadable)
    {
        try
        {
            (envelope, unreadable) = (EventDecoder.Decode(record), null);
            return true;
        }
        catch (FormatException error)
        {
            (envelope, unreadable) = (null, error);
            return false;
        }
    }

    internal static string Describe(Exception error) => $"{error.GetType().Name}: {error.Message}";

    [LoggerMessage(Level = LogLevel.Error, Message = "Parked event {Id} ({Type}) of {Key}: {Consumer} cannot handle it")]
    private static partial void LogParked(ILogger logger, string id, string type, string key, string consumer, Exception error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Event {Id} ({Type}) of {Key} has failed {Failures} times in {Consumer} and is tried again")]
    private static partial void LogRetried(ILogger logger, string id, string type, string key, string consumer, int failures, Exception error);

    [LoggerMessage(Level = LogLevel.Error, Message = "Parking an event has failed {Failures} times and is tried again")]
    private static partial void LogParkingFailed(ILogger logger, int failures, Exception error);
}

/// <summary>Tells a failure of something that an event's handling needs from a failure of the event itself.</summary>
internal static class Outage
{
    public static bool Caused(Exception error)
    {
        for (var at = error; at is not null; at = at.InnerException)
        {
            // It is an IOException, and says nothing of a device: the message's own bytes are wrong.
            if (at is InvalidProtocolBufferException)
                return false;

            if (at is TimeoutException or HttpRequestException or SocketException or IOException or DbException { IsTransient: true })
                return true;
        }

        return false;
    }
}
