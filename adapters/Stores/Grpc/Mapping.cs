using FoodDelivery.Stores;
using Google.Protobuf.WellKnownTypes;
using Proto = FoodDelivery.Protos.Store.V1;

namespace FoodDelivery.Adapters.Stores.Grpc;

/// <summary>The domain as protos.</summary>
internal static class Mapping
{
    public static Proto.TicketStatus ToProto(this TicketStatus status) => status switch
    {
        TicketStatus.Opened => Proto.TicketStatus.OrderGet,
        TicketStatus.Accepted => Proto.TicketStatus.Receive,
        TicketStatus.Rejected => Proto.TicketStatus.Reject,
        TicketStatus.Cooking => Proto.TicketStatus.Cook,
        TicketStatus.Cooked => Proto.TicketStatus.Cooked,
        TicketStatus.Delivering => Proto.TicketStatus.Ship,
        TicketStatus.Delivered => Proto.TicketStatus.Deliver,
        TicketStatus.PickedUp => Proto.TicketStatus.Pickup,
        TicketStatus.Cancelled => Proto.TicketStatus.OrderCanceled,
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "A status that the proto does not know."),
    };

    public static TicketStatus ToStatus(this Proto.TicketStatus status) => status switch
    {
        Proto.TicketStatus.OrderGet => TicketStatus.Opened,
        Proto.TicketStatus.Receive => TicketStatus.Accepted,
        Proto.TicketStatus.Reject => TicketStatus.Rejected,
        Proto.TicketStatus.Cook => TicketStatus.Cooking,
        Proto.TicketStatus.Cooked => TicketStatus.Cooked,
        Proto.TicketStatus.Ship => TicketStatus.Delivering,
        Proto.TicketStatus.Deliver => TicketStatus.Delivered,
        Proto.TicketStatus.Pickup => TicketStatus.PickedUp,
        Proto.TicketStatus.OrderCanceled => TicketStatus.Cancelled,
        _ => throw new FormatException($"There is no ticket status {(int)status}."),
    };

    public static Proto.Ticket ToProto(this Ticket ticket)
    {
        var proto = new Proto.Ticket
        {
            OrderId = ticket.Order.Value,
            StoreId = ticket.Slip.Store.Value,
            Address = ticket.Slip.Address,
            Status = ticket.Status.ToProto(),
            Version = ticket.Version,
            Reason = ticket.Reason,
            OpenedAt = Timestamp.FromDateTimeOffset(ticket.OpenedAt),
            ChangedAt = Timestamp.FromDateTimeOffset(ticket.ChangedAt),
        };
        proto.Lines.AddRange(ticket.Slip.Lines.Select(static line =>
            new Proto.TicketLine { Item = line.Item, Quantity = line.Quantity, UnitPriceWon = line.Price.Won }));
        return proto;
    }

    public static Dish ToDish(this Proto.Dish dish) => new(
        dish.DishId, [.. dish.Names.Select(DishName.Of)], new Money(dish.PriceWon), dish.OpenPriced, dish.SoldOut, new Money(dish.MinPriceWon));

    public static Proto.Menu ToProto(this Menu menu) => Menu(menu.Store, menu.Dishes, menu.Version);

    public static Proto.Menu Menu(StoreId store, IEnumerable<Dish> dishes, long revision)
    {
        var menu = new Proto.Menu { StoreId = store.Value, Revision = revision };
        menu.Dishes.AddRange(dishes.Select(static dish =>
        {
            var proto = new Proto.Dish
            {
                DishId = dish.Id,
                PriceWon = dish.Price.Won,
                OpenPriced = dish.OpenPriced,
                SoldOut = dish.SoldOut,
                MinPriceWon = dish.MinPrice.Won,
            };
            proto.Names.AddRange(dish.Names.Select(static name => name.Text));
            return proto;
        }));
        return menu;
    }

    /// <summary>A store as everybody may see it, or also whose it is.</summary>
    public static Proto.Store ToProto(this Store store, bool withOwner = false)
    {
        var proto = Store(store.Id, store.Profile, store.Pause, store.IsClosed, store.Version);
        if (!withOwner)
            proto.Owner = "";

        return proto;
    }

    public static Proto.Store Store(StoreId id, StoreProfile profile, Pause? pause, bool isClosed, long revision) => new()
    {
        StoreId = id.Value,
        Name = profile.Name,
        Kind = profile.Kind == StoreKind.Cafe ? Proto.StoreKind.Cafe : Proto.StoreKind.Restaurant,
        CancellationRule = profile.CancellationRule == CancellationRule.UntilAccepted
            ? Proto.CancellationRule.UntilAccepted
            : Proto.CancellationRule.UntilDeliveryStarted,
        Owner = profile.Owner,
        Phone = profile.Phone,
        Address = profile.Address,
        Picture = profile.Picture,
        MinimumOrderWon = profile.MinimumOrder.Won,
        DeliveryFeeWon = profile.DeliveryFee.Won,
        TimeZone = profile.Hours.TimeZone,
        Hours =
        {
            profile.Hours.Periods.Select(static period => new Proto.OpeningPeriod
            {
                Day = period.Day == DayOfWeek.Sunday ? Proto.Weekday.Sunday : (Proto.Weekday)period.Day,
                From = OpeningHours.Write(period.From),
                To = OpeningHours.Write(period.To),
            }),
        },
        ClosedDays = { profile.Hours.ClosedDays.Select(OpeningHours.Write) },
        AutoAccept = profile.AutoAccept,
        AnswerWithinMinutes = profile.AnswerWithinMinutes,
        Pause = pause is null ? null : new Proto.StorePause { Until = pause.Until?.ToTimestamp() },
        ClosedForGood = isClosed,
        Revision = revision,
    };

    /// <summary>What was published of a store.</summary>
    /// <exception cref="FormatException">Its hours cannot be read.</exception>
    public static StoreChanged ToStoreChanged(this Proto.Store store) => new(
        new StoreId(store.StoreId),
        new StoreProfile(
            store.Name,
            store.Kind == Proto.StoreKind.Cafe ? StoreKind.Cafe : StoreKind.Restaurant,
            store.CancellationRule == Proto.CancellationRule.UntilAccepted ? CancellationRule.UntilAccepted : CancellationRule.UntilDeliveryStarted)
        {
            Owner = store.Owner,
            Phone = store.Phone,
            Address = store.Address,
            Picture = store.Picture,
            MinimumOrder = new Money(store.MinimumOrderWon),
            DeliveryFee = new Money(store.DeliveryFeeWon),
            Hours = new OpeningHours(
                store.TimeZone,
                [.. store.Hours.Select(static period => new OpeningPeriod((DayOfWeek)((int)period.Day % 7), Known(OpeningHours.ReadTime(period.From)), Known(OpeningHours.ReadTime(period.To))))],
                [.. store.ClosedDays.Select(static day => Known(OpeningHours.ReadDay(day)))]),
            AutoAccept = store.AutoAccept,
            AnswerWithinMinutes = store.AnswerWithinMinutes,
        },
        store.Pause is null ? null : new Pause(store.Pause.Until?.ToDateTimeOffset()),
        store.ClosedForGood,
        store.Revision);

    public static StoreDraft ToDraft(this Proto.StoreSettings? settings) => settings is null ? new StoreDraft() : new StoreDraft
    {
        Name = settings.HasName ? settings.Name : null,
        Kind = settings.Kind == Proto.StoreKind.Unspecified ? null : (StoreKind)settings.Kind,
        CancellationRule = settings.CancellationRule == Proto.CancellationRule.Unspecified ? null : (CancellationRule)settings.CancellationRule,
        Owner = settings.HasOwner ? settings.Owner : null,
        Phone = settings.HasPhone ? settings.Phone : null,
        Address = settings.HasAddress ? settings.Address : null,
        Picture = settings.HasPicture ? settings.Picture : null,
        MinimumOrder = settings.HasMinimumOrderWon ? settings.MinimumOrderWon : null,
        DeliveryFee = settings.HasDeliveryFeeWon ? settings.DeliveryFeeWon : null,
        TimeZone = settings.HasTimeZone ? settings.TimeZone : null,
        Hours = settings.Hours?.Periods.Select(ToDraft).ToList(),
        ClosedDays = settings.ClosedDays?.Days,
        AutoAccept = settings.HasAutoAccept ? settings.AutoAccept : null,
        AnswerWithinMinutes = settings.HasAnswerWithinMinutes ? settings.AnswerWithinMinutes : null,
    };

    private static T Known<T>(T? read)
        where T : struct => read ?? throw new FormatException("The hours of a store that was published cannot be read.");

    private static PeriodDraft ToDraft(Proto.OpeningPeriod period) => new(period.Day.ToString(), period.From, period.To);
}
