using Confluent.Kafka;
using FoodDelivery.Platform.Messaging.Kafka.Clients;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace FoodDelivery.Platform.Messaging.Kafka;

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
