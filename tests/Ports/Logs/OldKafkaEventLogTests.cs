using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Messaging.Kafka;
using FoodDelivery.Tests.Support.Kafka;
using Microsoft.Extensions.Logging.Abstractions;

namespace FoodDelivery.Tests.Ports.Logs;

/// <summary>On Apache Kafka 0.9.</summary>
[NeedsOutside("java", "npm", MockCluster.Library)]
public sealed class OldKafkaEventLogTests(OldKafka kafka) : EventLogSuite, IClassFixture<OldKafka>
{
    protected override Task<IEventLog> OpenAnother() =>
        Task.FromResult<IEventLog>(new KafkaEventLog(kafka.Options(), TimeProvider.System, NullLoggerFactory.Instance));

    protected override async Task Close(IEventLog log) => await ((KafkaEventLog)log).DisposeAsync();
}
