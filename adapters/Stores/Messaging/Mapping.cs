using FoodDelivery.Adapters.Stores.Grpc;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Stores;
using Google.Protobuf.WellKnownTypes;
using Proto = FoodDelivery.Protos.Store.V1;

namespace FoodDelivery.Adapters.Stores.Messaging;

/// <summary>What the context publishes: tickets keyed by their order, stores and menus by the store.</summary>
internal static class Mapping
{
    public static IEnumerable<PublishedEvent> ToPublished(this IEnumerable<IDomainEvent> raised) => raised.Select(ToPublished);

    private static PublishedEvent ToPublished(IDomainEvent happened) => happened switch
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
            ReasonCode = declined.ReasonCode,
        }),
        StoreChanged changed => new PublishedEvent(Topics.Store, $"store-{changed.Store}", new Proto.StoreChanged
        {
            Store = Grpc.Mapping.Store(changed.Store, changed.Profile, changed.Pause, changed.IsClosed, changed.Revision),
        }),
        MenuChanged changed => new PublishedEvent(Topics.Store, $"store-{changed.Store}", new Proto.MenuChanged
        {
            Menu = Grpc.Mapping.Menu(changed.Store, changed.Dishes, changed.Revision),
        }),
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "An event that is not published."),
    };
}
