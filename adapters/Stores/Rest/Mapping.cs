using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using FoodDelivery.Platform.Hosting.Errors;
using FoodDelivery.Platform.Hosting.Rest;
using FoodDelivery.Stores;

namespace FoodDelivery.Adapters.Stores.Rest;

/// <summary>A ticket as REST shows it. Of several lines, <c>item</c>, <c>qty</c> and <c>price</c> are the first one's.</summary>
internal sealed record TicketFields(
    long OrderId,
    long StoreId,
    string Item,
    int Qty,
    long Price,
    IReadOnlyList<TicketLineFields> Lines,
    long Total,
    string? Address,
    string Status,
    long Version,
    string? Reason,
    DateTimeOffset OpenedAt,
    DateTimeOffset ChangedAt)
{
    public static HalResource Of(Ticket ticket)
    {
        var lines = ticket.Slip.Lines.Select(static line => new TicketLineFields(line.Item, line.Quantity, line.Price.Won)).ToList();
        var first = lines.Count > 0 ? lines[0] : new TicketLineFields("", 0, 0);
        var fields = new TicketFields(
            ticket.Order.Value,
            ticket.Slip.Store.Value,
            first.Item,
            first.Qty,
            first.Price,
            lines,
            ticket.Slip.Total.Won,
            ticket.Slip.Address.OrNull(),
            Mapping.Word(ticket.Status),
            ticket.Version,
            ticket.Reason.OrNull(),
            ticket.OpenedAt,
            ticket.ChangedAt);
        return Hal.Resource(fields, $"/deliveries/{ticket.Order}", "delivery");
    }
}

/// <summary>One dish of an order; the price of one.</summary>
internal sealed record TicketLineFields(string Item, int Qty, long Price);

/// <summary>A menu as REST shows it; handed in again as it is, it stays the same.</summary>
internal sealed record MenuFields(long StoreId, long Revision, IReadOnlyList<DishFields> Dishes)
{
    public static HalResource Of(Menu menu) => Hal.Resource(
        new MenuFields(menu.Store.Value, menu.Version, [.. menu.Dishes.Select(DishFields.Of)]), $"/stores/{menu.Store}/menu", "menu");
}

/// <summary>A dish as REST shows it; its name is the first of its names.</summary>
internal sealed record DishFields(long Id, string Name, IReadOnlyList<string> Names, long Price, bool OpenPriced, bool SoldOut, long? MinPrice)
{
    public static DishFields Of(Dish dish) => new(
        dish.Id,
        dish.Names[0].Text,
        [.. dish.Names.Select(static name => name.Text)],
        dish.Price.Won,
        dish.OpenPriced,
        dish.SoldOut,
        dish.MinPrice == Money.Zero ? null : dish.MinPrice.Won);
}

/// <summary>A menu that an owner sends; a fault names the dish by its place.</summary>
internal sealed record MenuBody(
    [property: Description("All dishes, in the menu's order")] IReadOnlyList<DishBody> Dishes,
    [property: Description("The one that was seen; 409 if it has changed")] long? Revision)
{
    /// <summary>What a menu's body calls the parts of a menu.</summary>
    public static readonly FieldNames Names = new(("dishId", "id"), ("priceWon", "price"), ("minPriceWon", "minPrice"));

    public static Result<List<DishDraft>> ReadDishes(RequestBody body)
    {
        if (!body.TryList(out var list, out var rejection, "dishes"))
            return rejection;

        var dishes = new List<DishDraft>();
        foreach (var entry in list ?? [])
        {
            if (!TryRead(entry, out var dish, out rejection))
                return rejection with { Field = $"dishes[{dishes.Count}].{rejection.Field}" };

            dishes.Add(dish);
        }

        return dishes;
    }

    private static bool TryRead(RequestBody entry, [NotNullWhen(true)] out DishDraft? dish, [NotNullWhen(false)] out Error? rejection)
    {
        dish = null;
        if (!entry.TryInteger(out var id, out rejection, "id", "dishId")
            || !entry.TryTexts(out var name, out rejection, "name")
            || !entry.TryTexts(out var names, out rejection, "names")
            || !entry.TryInteger(out var price, out rejection, "price", "가격")
            || !entry.TryFlag(out var openPriced, out rejection, "openPriced")
            || !entry.TryFlag(out var soldOut, out rejection, "soldOut")
            || !entry.TryInteger(out var minPrice, out rejection, "minPrice"))
        {
            return false;
        }

        // A dish that was read shows the first of its names by itself.
        if (name?.Except(names ?? name, StringComparer.Ordinal).Any() == true)
        {
            rejection = Error.Invalid("name", "name must be one of names where both are sent.", "FIELD_AMBIGUOUS");
            return false;
        }

        dish = new DishDraft(id, names ?? name ?? [], price ?? 0, openPriced ?? false, soldOut ?? false, minPrice ?? 0);
        return true;
    }
}

/// <summary>A dish that an owner sends.</summary>
internal sealed record DishBody(
    [property: Description("Absent: a new dish, or the one of that name")] long? Id,
    [property: Description("Or name, for one alone")] IReadOnlyList<string> Names,
    long Price,
    bool? OpenPriced,
    bool? SoldOut,
    [property: Description("The least that a customer may name for an open-priced dish")] long? MinPrice);

/// <summary>A store as REST shows it.</summary>
internal sealed record StoreFields(long StoreId, string Name, StoreKind Kind, CancellationRule CancellationRule)
{
    public static HalResource Of(Store store) =>
        Hal.Resource(new StoreFields(store.Id.Value, store.Name, store.Kind, store.CancellationRule), $"/stores/{store.Id}", "store");
}

/// <summary>What REST calls things.</summary>
internal static class Mapping
{
    /// <summary>A ticket's status.</summary>
    public static string Word(TicketStatus status) => status switch
    {
        TicketStatus.Opened => "order_get",
        TicketStatus.Accepted => "receive",
        TicketStatus.Rejected => "reject",
        TicketStatus.Cooking => "cook",
        TicketStatus.Cooked => "cooked",
        TicketStatus.Delivering => "ship",
        TicketStatus.Delivered => "deliver",
        TicketStatus.PickedUp => "pickup",
        TicketStatus.Cancelled => "order_canceled",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "A status that has no word."),
    };

    /// <summary>A number in a path: what is no positive number is the number of nothing.</summary>
    public static Result<long> Number(string what, string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : Error.NotFound(what, $"'{text}'");
}
