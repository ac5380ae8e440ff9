using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace FoodDelivery.Platform.Messaging;

/// <summary>The instruments of the meter <c>FoodDelivery.Messaging</c>.</summary>
internal sealed class MessagingMetrics
{
    private readonly Counter<long> _published;
    private readonly Counter<long> _publishFailures;
    private readonly Counter<long> _handled;
    private readonly Counter<long> _retried;
    private readonly Counter<long> _parked;
    private readonly Histogram<double> _delay;
    private readonly ConcurrentDictionary<(string Consumer, string Topic), long> _lag = new();
    private long _pending;

    public MessagingMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("FoodDelivery.Messaging");
        _published = meter.CreateCounter<long>("fooddelivery.outbox.published", "{event}", "Events that the log has acknowledged.");
        _publishFailures = meter.CreateCounter<long>("fooddelivery.outbox.failures", "{try}", "Tries to publish that failed and are repeated.");
        meter.CreateObservableGauge("fooddelivery.outbox.pending", () => Interlocked.Read(ref _pending), "{event}", "Events that wait to be published, when last seen.");
        _handled = meter.CreateCounter<long>("fooddelivery.consumer.handled", "{event}", "Events handled.");
        _retried = meter.CreateCounter<long>("fooddelivery.consumer.retried", "{try}", "Tries to handle an event that failed and are repeated.");
        _parked = meter.CreateCounter<long>("fooddelivery.consumer.parked", "{event}", "Events put to the dead letters.");
        _delay = meter.CreateHistogram<double>("fooddelivery.consumer.delay", "s", "From an event's happening to the end of its handling.");
        meter.CreateObservableGauge("fooddelivery.consumer.lag", Lags, "{event}", "Events of the topic that the consumer has not finished, when last seen.");
    }

    public void Published(int events) => _published.Add(events);

    public void PublishFailed() => _publishFailures.Add(1);

    public void Pending(long events) => Interlocked.Exchange(ref _pending, events);

    // An event that says to be from the future is from a clock that was ahead.
    public void Handled(string consumer, string type, TimeSpan delay)
    {
        _handled.Add(1, Tag("consumer", consumer), Tag("type", type));
        _delay.Record(Math.Max(0, delay.TotalSeconds), Tag("consumer", consumer));
    }

    public void Retried(string consumer, string type) => _retried.Add(1, Tag("consumer", consumer), Tag("type", type));

    public void Parked(string consumer, string type) => _parked.Add(1, Tag("consumer", consumer), Tag("type", type));

    public void Lag(string consumer, string topic, long events) => _lag[(consumer, topic)] = events;

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);

    private IEnumerable<Measurement<long>> Lags() => _lag.Select(static lag => new Measurement<long>(lag.Value, Tag("consumer", lag.Key.Consumer), Tag("topic", lag.Key.Topic)));
}
