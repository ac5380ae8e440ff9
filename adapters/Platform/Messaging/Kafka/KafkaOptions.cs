using System.ComponentModel.DataAnnotations;

namespace FoodDelivery.Platform.Messaging.Kafka;

/// <summary>The settings under <c>Kafka</c>. Their defaults suit Kafka 4.</summary>
public sealed class KafkaOptions
{
    /// <summary>The brokers to ask for all others: HOST:PORT, several separated by commas.</summary>
    [Required(AllowEmptyStrings = false, ErrorMessage = "The setting Kafka:BootstrapServers is missing; it must name a broker, as HOST:PORT.")]
    public string BootstrapServers { get; set; } = string.Empty;

    /// <summary>What the names of topics and groups begin with, on brokers that are shared with others.</summary>
    [RegularExpression("[A-Za-z0-9._-]{0,100}", ErrorMessage = "Kafka:Prefix may have letters, digits, '.', '_' and '-', and 100 of them.")]
    public string Prefix { get; set; } = string.Empty;

    /// <summary>
    /// Whether to ask the brokers for topics that are missing. Without it they must be there, or the brokers make them as their own settings say;
    /// brokers before 0.10.1 know no such request.
    /// </summary>
    public bool CreateTopics { get; set; } = true;

    /// <summary>Into how many partitions a topic is divided when it is made; as many members of a group can share its work.</summary>
    [Range(1, 10_000, ErrorMessage = "Kafka:Partitions must be between 1 and 10000.")]
    public int Partitions { get; set; } = 6;

    /// <summary>On how many brokers a topic is kept when it is made; -1 leaves it to the brokers.</summary>
    [Range(-1, 100, ErrorMessage = "Kafka:ReplicationFactor must be between -1 and 100.")]
    public short ReplicationFactor { get; set; } = -1;

    /// <summary>How many records of one partition a group is given at once.</summary>
    [Range(1, 10_000, ErrorMessage = "Kafka:BatchSize must be between 1 and 10000.")]
    public int BatchSize { get; set; } = 256;

    /// <summary>How long an append or a question to the brokers may take.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00", ErrorMessage = "Kafka:Timeout must be between 0.1 seconds and 10 minutes.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a partition that another member shall read is kept for the sake of what is being handled.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00", ErrorMessage = "Kafka:ReleasePatience must be between 0 and 1 minute.")]
    public TimeSpan ReleasePatience { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Settings of librdkafka by their names there, for all clients: security, old brokers, time-outs.</summary>
    public IDictionary<string, string> Client { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    // Like the others it is kept for ever; but of each group's records all except the last may go.
    internal string TopicOfRewinds => Prefix + "fooddelivery.rewinds";
}
