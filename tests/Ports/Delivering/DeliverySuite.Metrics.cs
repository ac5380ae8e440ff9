using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using FoodDelivery.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Tests.Ports.Delivering;

public abstract partial class DeliverySuite
{
    [SuiteFact]
    public async Task Operators_see_what_was_published_handled_retried_and_parked()
    {
        // A lease that ran out on a busy machine would send events again, and what comes twice is counted twice.
        Settings["Messaging:RelayLease"] = "00:01:00";
        Meet = (_, happened) => happened is { OrderId: 2, Version: 1 } ? throw new InvalidOperationException("poison") : Task.CompletedTask;
        var sender = await Sender();
        var receiver = await Receiver();
        using var sent = new Counted(sender);
        using var received = new Counted(receiver);

        await SendAll(sender, keys: 2, each: 3);
        await HasParked(receiver, (2, 1), (2, 2), (2, 3));

        await Eventually.Holds(() =>
        {
            Assert.Equal(6, sent["fooddelivery.outbox.published"]);
            Assert.Equal(3, received["fooddelivery.consumer.handled"]);
            Assert.Equal(4, received["fooddelivery.consumer.retried"]);
            Assert.Equal(3, received["fooddelivery.consumer.parked"]);
            return Task.CompletedTask;
        });
    }

    private sealed class Counted : IDisposable
    {
        private readonly ConcurrentDictionary<string, long> _sums = new(StringComparer.Ordinal);
        private readonly MeterListener _listener = new();

        public Counted(Process process)
        {
            var factory = process.Services.GetRequiredService<IMeterFactory>();
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Scope == factory)
                    listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => _sums.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value));
            _listener.Start();
        }

        public long this[string name] => _sums.GetValueOrDefault(name);

        public void Dispose() => _listener.Dispose();
    }
}
