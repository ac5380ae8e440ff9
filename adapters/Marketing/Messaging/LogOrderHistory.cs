using FoodDelivery.Marketing.Ports;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Messaging.Rebuilding;

namespace FoodDelivery.Adapters.Marketing.Messaging;

/// <summary>The history that Ordering's topic is.</summary>
internal sealed class LogOrderHistory(TopicReplay replay) : IOrderHistory
{
    private const string Group = "marketing-orders-rebuild";

    public Task Replay(CancellationToken cancellation) => replay.Run(Topics.Ordering, Group, new EventHandlers().Tally(), cancellation);
}
