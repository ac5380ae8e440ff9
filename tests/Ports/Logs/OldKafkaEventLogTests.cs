using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Messaging.Kafka;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Kafka;
using Microsoft.Extensions.Logging.Abstractions;

namespace FoodDelivery.Tests.Ports.Logs;

/// <summary>On Apache Kafka 0.9.</summary>
[NeedsOutside("java", "npm", MockCluster.Library)]
public sealed class OldKafkaEventLogTests(OldKafka kafka) : EventLogSuite, IClassFixture<OldKafka>
{
    /// <summary>The folder's name has a space and letters that neither Latin-1 nor the language C has.</summary>
    [SuiteFact]
    public void Its_files_are_in_the_folder_that_it_was_given()
    {
        Assert.NotEmpty(Directory.EnumerateFiles(Path.Combine(kafka.Files, "kafka", "log")));
        Assert.NotEmpty(Directory.EnumerateFiles(Path.Combine(kafka.Files, "zookeeper", "version-2")));
    }

    [SuiteFact]
    public async Task Partitions_that_are_added_are_read_within_seconds()
    {
        var log = await Opened();
        await using var reading = new Reading(log, Topic, "group");
        await Append(log, "a:1");
        await reading.HasSeen("a:1");

        await kafka.Enlarge(Topic, 12);

        // One that connects only now knows of them at once.
        var texts = Enumerable.Range(1, 50).Select(static number => $"{number}:1").ToArray();
        await Append(await Opened(), texts);
        await Eventually.Holds(() =>
        {
            Assert.Equal(texts.Append("a:1").ToHashSet(StringComparer.Ordinal), reading.Seen.ToHashSet(StringComparer.Ordinal));
            return Task.CompletedTask;
        });
    }

    protected override Task<IEventLog> OpenAnother() =>
        Task.FromResult<IEventLog>(new KafkaEventLog(kafka.Options(), TimeProvider.System, NullLoggerFactory.Instance));

    protected override async Task Close(IEventLog log) => await ((KafkaEventLog)log).DisposeAsync();
}
