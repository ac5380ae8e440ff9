using System.Security.Cryptography;
using System.Text;
using FoodDelivery.Adapters.Ordering.Grpc;
using FoodDelivery.Ordering;
using FoodDelivery.Platform.Messaging;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Proto = FoodDelivery.Protos.Ordering.V1;
using Store = FoodDelivery.Protos.Store.V1;

namespace FoodDelivery.Adapters.Ordering.Messaging;

/// <summary>What Ordering publishes, and what the stores have published, as Ordering knows it.</summary>
internal static class Mapping
{
    public static IEnumerable<PublishedEvent> ToPublished(this Aggregate aggregate) => aggregate.Raised.Select(ToPublished);

    public static PublishedEvent ToPublished(this IDomainEvent happened) => happened switch
    {
        OrderPlaced placed => Published(placed.Order, new Proto.OrderPlaced
        {
            OrderId = placed.Order.Value,
            StoreId = placed.Details.Store.Value,
            CustomerId = placed.Details.Customer,
            Lines = { placed.Details.Lines.Select(Grpc.Mapping.ToProto) },
            DeliveryFeeWon = placed.Details.DeliveryFee.Won,
            DiscountWon = placed.Details.Discount.Won,
            TotalWon = placed.Details.Total.Won,
            Address = placed.Details.Address,
            MembershipNumber = placed.Details.MembershipNumber,
            PlacedAt = placed.At.ToTimestamp(),
        }),
        OrderStatusChanged changed => Published(changed.Order, new Proto.OrderStatusChanged
        {
            OrderId = changed.Order.Value,
            Version = changed.Version,
            Status = changed.Status.ToProto(),
            Reason = changed.Reason,
            ChangedAt = changed.At.ToTimestamp(),
            StoreId = changed.Details.Store.Value,
            CustomerId = changed.Details.Customer,
            Lines = { changed.Details.Lines.Select(Grpc.Mapping.ToProto) },
            DeliveryFeeWon = changed.Details.DeliveryFee.Won,
            DiscountWon = changed.Details.Discount.Won,
            TotalWon = changed.Details.Total.Won,
            Address = changed.Details.Address,
            MembershipNumber = changed.Details.MembershipNumber,
            PaymentId = changed.PaymentId,
            ReasonCode = changed.ReasonCode,
            IsCustomersReason = changed.IsCustomersReason,
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
        OrderAttemptAbandoned abandoned => Published(abandoned.Order, new Proto.OrderAttemptAbandoned
        {
            OrderId = abandoned.Order.Value,
            AttemptId = abandoned.Attempt,
        }),
        OrderErased erased => Published(erased.Order, new Proto.OrderErased
        {
            OrderId = erased.Order.Value,
            StoreId = erased.Store.Value,
            CustomerId = erased.Customer,
            ErasedAt = erased.At.ToTimestamp(),
        }),

        // The id may be longer than a key.
        CustomerErased erased => new PublishedEvent(
            Topics.Ordering,
            $"customer-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(erased.Customer)))}",
            new Proto.CustomerErased
            {
                CustomerId = erased.Customer,
                OrderIds = { erased.Orders.Select(static order => order.Value) },
                ErasedAt = erased.At.ToTimestamp(),
            }),
        _ => throw new ArgumentException($"{happened.GetType().Name} has no public form.", nameof(happened)),
    };

    private static PublishedEvent Published(OrderId order, IMessage data) => new(Topics.Ordering, order.ToString(), data);

    public static Menu ToMenu(this Store.Menu menu) => new(
        new StoreId(menu.StoreId),
        [.. menu.Dishes.Select(static dish => new Dish(
            dish.DishId, [.. dish.Names], new Money(dish.PriceWon), dish.OpenPriced, dish.SoldOut, new Money(dish.MinPriceWon)))],
        menu.Revision);

    public static Store.Menu ToProto(this Menu menu) => new()
    {
        StoreId = menu.Store.Value,
        Revision = menu.Revision,
        Dishes =
        {
            menu.Dishes.Select(static dish => new Store.Dish
            {
                DishId = dish.Id,
                Names = { dish.Names },
                PriceWon = dish.Price.Won,
                OpenPriced = dish.OpenPriced,
                SoldOut = dish.SoldOut,
                MinPriceWon = dish.MinPrice.Won,
            }),
        },
    };

    /// <summary>The terms of a store that was published, or kept.</summary>
    /// <exception cref="FormatException">Its hours cannot be read.</exception>
    public static StoreTerms ToTerms(this Store.Store store) => new(new StoreId(store.StoreId), store.Revision)
    {
        Hours = new OpeningHours(
            store.TimeZone.Length > 0 ? store.TimeZone : OpeningHours.Always.TimeZone,
            [.. store.Hours.Select(static period => new OpeningPeriod((DayOfWeek)((int)period.Day % 7), Known(OpeningHours.ReadTime(period.From)), Known(OpeningHours.ReadTime(period.To))))],
            [.. store.ClosedDays.Select(static day => Known(OpeningHours.ReadDay(day)))]),
        MinimumOrder = new Money(store.MinimumOrderWon),
        DeliveryFee = new Money(store.DeliveryFeeWon),
        IsPaused = store.Pause is not null,
        PausedUntil = store.Pause?.Until?.ToDateTimeOffset(),
        IsClosed = store.ClosedForGood,
    };

    public static Store.Store ToProto(this StoreTerms terms) => new()
    {
        StoreId = terms.Store.Value,
        Revision = terms.Revision,
        TimeZone = terms.Hours.TimeZone,
        Hours =
        {
            terms.Hours.Periods.Select(static period => new Store.OpeningPeriod
            {
                Day = period.Day == DayOfWeek.Sunday ? Store.Weekday.Sunday : (Store.Weekday)period.Day,
                From = OpeningHours.Write(period.From),
                To = OpeningHours.Write(period.To),
            }),
        },
        ClosedDays = { terms.Hours.ClosedDays.Select(OpeningHours.Write) },
        MinimumOrderWon = terms.MinimumOrder.Won,
        DeliveryFeeWon = terms.DeliveryFee.Won,
        Pause = terms.IsPaused ? new Store.StorePause { Until = terms.PausedUntil?.ToTimestamp() } : null,
        ClosedForGood = terms.IsClosed,
    };

    private static T Known<T>(T? read)
        where T : struct => read ?? throw new FormatException("The hours of a store that was published cannot be read.");

    public static TicketStatus ToTicketStatus(this Store.TicketStatus status) => status switch
    {
        Store.TicketStatus.OrderGet => TicketStatus.Opened,
        Store.TicketStatus.Receive => TicketStatus.Accepted,
        Store.TicketStatus.Reject => TicketStatus.Rejected,
        Store.TicketStatus.Cook => TicketStatus.Cooking,
        Store.TicketStatus.Cooked => TicketStatus.Cooked,
        Store.TicketStatus.Ship => TicketStatus.Delivering,
        Store.TicketStatus.Deliver => TicketStatus.Delivered,
        Store.TicketStatus.Pickup => TicketStatus.PickedUp,
        Store.TicketStatus.OrderCanceled => TicketStatus.Cancelled,
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "A ticket's status that this version does not know."),
    };
}
