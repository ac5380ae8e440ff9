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

    public static Proto.Store ToProto(this Store store) => new()
    {
        StoreId = store.Id.Value,
        Name = store.Name,
        Kind = store.Kind == StoreKind.Cafe ? Proto.StoreKind.Cafe : Proto.StoreKind.Restaurant,
        CancellationRule = store.CancellationRule == CancellationRule.UntilAccepted
            ? Proto.CancellationRule.UntilAccepted
            : Proto.CancellationRule.UntilDeliveryStarted,
    };
}
