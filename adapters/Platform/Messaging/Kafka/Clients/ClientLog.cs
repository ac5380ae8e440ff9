using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Platform.Messaging.Kafka.Clients;

/// <summary>Carries what librdkafka says to the service's own log.</summary>
internal static partial class ClientLog
{
    // Brokers before 0.10 need these two. Each client says that they are deprecated, and there is a client for each group.
    private static readonly string[] KnownDeprecations =
        ["Configuration property api.version.request is deprecated", "Configuration property broker.version.fallback is deprecated"];

    // Brokers come and go, and librdkafka gets over it: none of what it says by itself is an error of the service.
    public static void Write(ILogger logger, LogMessage message)
    {
        if (message.Level <= SyslogLevel.Warning && !KnownDeprecations.Any(known => message.Message.Contains(known, StringComparison.Ordinal)))
        {
            Warn(logger, message.Name, message.Message);
        }
        else
        {
            Tell(logger, message.Name, message.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Client}: {Message}")]
    private static partial void Warn(ILogger logger, string client, string message);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Client}: {Message}")]
    private static partial void Tell(ILogger logger, string client, string message);
}
