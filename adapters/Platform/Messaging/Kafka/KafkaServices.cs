using System.ComponentModel.DataAnnotations;
using Confluent.Kafka;
using FoodDelivery.Platform.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace FoodDelivery.Platform.Messaging.Kafka;

/// <summary>Registration of Kafka as the log.</summary>
public static class KafkaServices
{
    /// <summary>The log that the settings under <c>Kafka</c> describe, as <see cref="IEventLog"/>.</summary>
    public static IServiceCollection AddKafkaLog(this IServiceCollection services)
    {
        services.AddOptions<KafkaOptions>().BindConfiguration("Kafka").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<KafkaOptions>, KafkaOptionsCheck>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(static provider => new KafkaEventLog(
            provider.GetRequiredService<IOptions<KafkaOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>(),
            provider.GetService<IDatabase>()));
        services.AddSingleton<IEventLog>(static provider => provider.GetRequiredService<KafkaEventLog>());
        return services;
    }
}

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

    /// <summary>
    /// On how many brokers a topic is kept when it is made; -1 leaves it to the brokers. Not set: on three, of which two must have written a record,
    /// where there are as many.
    /// </summary>
    [Range(-1, 100, ErrorMessage = "Kafka:ReplicationFactor must be between -1 and 100.")]
    public short? ReplicationFactor { get; set; }

    /// <summary>How many records of one partition a group is given at once.</summary>
    [Range(1, 10_000, ErrorMessage = "Kafka:BatchSize must be between 1 and 10000.")]
    public int BatchSize { get; set; } = 256;

    /// <summary>How long an append or a question to the brokers may take.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00", ErrorMessage = "Kafka:Timeout must be between 0.1 seconds and 10 minutes.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a partition that another member shall read is kept for the sake of what is being handled.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00", ErrorMessage = "Kafka:ReleasePatience must be between 0 and 1 minute.")]
    public TimeSpan ReleasePatience { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Whether what people wrote is published sealed, with keys that are thrown away when they are forgotten. Sealed events are read whether or not; versions
    /// before this one cannot.
    /// </summary>
    public bool SealTexts { get; set; }

    /// <summary>Within which time a key that was thrown away leaves the brokers' files, where the topic of keys is made by request.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00", ErrorMessage = "Kafka:ForgetKeysWithin must be between 1 second and 30 days.")]
    public TimeSpan ForgetKeysWithin { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Settings of librdkafka by their names there, for all clients: security, old brokers, time-outs.</summary>
    public IDictionary<string, string> Client { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    // Like the others it is kept for ever; but of each group's records all except the last may go.
    internal string TopicOfRewinds => Prefix + "fooddelivery.rewinds";

    // Likewise.
    internal string TopicOfKeys => Prefix + "fooddelivery.keys";
}

/// <summary>Asks librdkafka itself whether it takes the settings, before anything depends on them.</summary>
internal sealed class KafkaOptionsCheck : IValidateOptions<KafkaOptions>
{
    // Of the client package's own library: 2.0.0, as librdkafka writes versions.
    private const int Oldest = 0x02000000;

    public ValidateOptionsResult Validate(string? name, KafkaOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.BootstrapServers))
            return ValidateOptionsResult.Skip;

        if (options.Client.Keys.FirstOrDefault(static key => ClientSettings.Fixed.Contains(key, StringComparer.Ordinal)) is { } key)
            return ValidateOptionsResult.Fail($"The setting Kafka:Client:{key} cannot be changed: the log's promises rest on it.");

        if (Library.Version < Oldest)
        {
            return ValidateOptionsResult.Fail(
                $"The setting Log:Provider is Kafka, but the client library that was found, librdkafka {Library.VersionString}, is too old; the one that comes with the program is hidden by it.");
        }

        var clients = new ClientFactory(options, NullLogger.Instance);
        try
        {
            using var producer = clients.Producer();
            using var reader = clients.Reader("check").Build();
            return ValidateOptionsResult.Success;
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException or KafkaException)
        {
            var culprit = options.Client.Keys.FirstOrDefault(key => error.Message.Contains(key, StringComparison.Ordinal));
            return ValidateOptionsResult.Fail($"The setting Kafka:{(culprit is null ? "Client" : $"Client:{culprit}")} cannot be used: {error.Message.TrimEnd('.')}.");
        }
        catch (Exception error) when (error is DllNotFoundException or TypeInitializationException or BadImageFormatException)
        {
            return ValidateOptionsResult.Fail("The setting Log:Provider is Kafka, but librdkafka, which comes with the program, cannot be loaded here.");
        }
    }
}
