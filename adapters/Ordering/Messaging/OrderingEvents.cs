using FoodDelivery.Ordering;
using FoodDelivery.Platform.Messaging;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Proto = FoodDelivery.Protos.Ordering.V1;

namespace FoodDelivery.Adapters.Ordering.Messaging;

/// <summary>What Ordering raises, as it publishes it.</summary>
internal static class OrderingEvents
{
    public static IEnumerable<PublishedEvent> From(Aggregate aggregate) => aggregate.Raised.Select(From);

    public static PublishedEvent From(IDomainEvent happened) => happened switch
    {
        OrderPlaced placed => Published(placed.Order, new Proto.OrderPlaced
        {
            OrderId = placed.Order.Value,
            StoreId = placed.Details.Store.Value,
            CustomerId = placed.Details.Customer,
            Lines = { OrderMessages.Lines(placed.Details) },
            TotalWon = placed.Details.Total.Won,
            Address = placed.Details.Address,
            MembershipNumber = placed.Details.MembershipNumber,
            PlacedAt = placed.At.ToTimestamp(),
        }),
        OrderStatusChanged changed => Published(changed.Order, new Proto.OrderStatusChanged
        {
            OrderId = changed.Order.Value,
            Version = changed.Version,
            Status = OrderMessages.Status(changed.Status),
            Reason = changed.Reason,
            ChangedAt = changed.At.ToTimestamp(),
            StoreId = changed.Details.Store.Value,
            CustomerId = changed.Details.Customer,
            Lines = { OrderMessages.Lines(changed.Details) },
            TotalWon = changed.Details.Total.Won,
            Address = changed.Details.Address,
            MembershipNumber = changed.Details.MembershipNumber,
            PaymentId = changed.PaymentId,
            ReasonCode = changed.ReasonCode,
        }),
        OrderCancelRequested asked => Published(asked.Order, new Proto.OrderCancelRequested
        {
            OrderId = asked.Order.Value,
            StoreId = asked.Store.Value,
            Reason = asked.Reason,
        }),
        OrderRejected rejected => Published(rejected.Order, new Proto.OrderRejected
        {
            OrderId = rejected.Order.Value,
            StoreId = rejected.Store.Value,
            Reason = rejected.Reason,
        }),
        OrderCancelled cancelled => Published(cancelled.Order, new Proto.OrderCancelled
        {
            OrderId = cancelled.Order.Value,
            StoreId = cancelled.Store.Value,
            Reason = cancelled.Reason,
        }),
        OrderAttemptAbandoned abandoned => Published(abandoned.Order, new Proto.OrderAttemptAbandoned { OrderId = abandoned.Order.Value }),
        _ => throw new ArgumentException($"{happened.GetType().Name} has no public form.", nameof(happened)),
    };

    private static PublishedEvent Published(OrderId order, IMessage data) => new(Topics.Ordering, order.ToString(), data);
}
