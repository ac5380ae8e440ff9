using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Platform.Messaging.Kafka.Clients;

/// <summary>Carries what librdkafka says to the service's own log.</summary>
internal static partial class ClientLog
{
    // Brokers come and go, and librdkafka gets over it: none of what it says by itself is an error of the service.
    public static void Write(ILogger logger, LogMessage message)
    {
        if (message.Level <= SyslogLevel.Warning)
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
