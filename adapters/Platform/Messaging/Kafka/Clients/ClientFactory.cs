using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Platform.Messaging.Kafka.Clients;

/// <summary>Makes the clients. Each connects by itself, in the background.</summary>
internal sealed class ClientFactory(KafkaOptions options, ILogger logger)
{
    public IProducer<string, byte[]> Producer()
    {
        return new ProducerBuilder<string, byte[]>(ClientSettings.Appending(options)).SetLogHandler((_, message) => ClientLog.Write(logger, message)).Build();
    }

    public IAdminClient Admin()
    {
        return new AdminClientBuilder(ClientSettings.Asking(options)).SetLogHandler((_, message) => ClientLog.Write(logger, message)).Build();
    }

    public ConsumerBuilder<string, byte[]> Reader(string group) => Consumer(ClientSettings.Reading(options, group));

    public IConsumer<string, byte[]> Follower() => Consumer(ClientSettings.Following(options)).Build();

    private ConsumerBuilder<string, byte[]> Consumer(ConsumerConfig config)
    {
        return new ConsumerBuilder<string, byte[]>(config).SetLogHandler((_, message) => ClientLog.Write(logger, message));
    }
}
