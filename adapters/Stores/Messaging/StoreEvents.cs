using FoodDelivery.Platform.Messaging;
using FoodDelivery.Stores;
using Google.Protobuf.WellKnownTypes;
using Proto = FoodDelivery.Protos.Store.V1;

namespace FoodDelivery.Adapters.Stores.Messaging;

/// <summary>What the context publishes, in its public words: tickets keyed by their order, menus by their store.</summary>
internal static class StoreEvents
{
    public static IEnumerable<PublishedEvent> From(IEnumerable<IDomainEvent> raised) => raised.Select(From);

    private static PublishedEvent From(IDomainEvent happened) => happened switch
    {
        TicketStatusChanged changed => new PublishedEvent(Topics.Store, changed.Order.ToString(), new Proto.TicketStatusChanged
        {
            OrderId = changed.Order.Value,
            StoreId = changed.Store.Value,
            Status = changed.Status.ToProto(),
            Version = changed.Version,
            Reason = changed.Reason,
            ChangedAt = Timestamp.FromDateTimeOffset(changed.At),
        }),
        CancellationDeclined declined => new PublishedEvent(Topics.Store, declined.Order.ToString(), new Proto.CancellationDeclined
        {
            OrderId = declined.Order.Value,
            StoreId = declined.Store.Value,
            Reason = declined.Reason,
        }),
        MenuChanged changed => new PublishedEvent(Topics.Store, $"store-{changed.Store}", new Proto.MenuChanged
        {
            Menu = PublicWords.Menu(changed.Store, changed.Dishes, changed.Revision),
        }),
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "An event that has no public words."),
    };
}
