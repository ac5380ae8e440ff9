using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
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

/// <summary>A store as REST shows it; sent as a change, it stays the same. Whose it is, those are shown who have changed it.</summary>
internal sealed record StoreFields(
    long StoreId,
    string Name,
    StoreKind Kind,
    CancellationRule CancellationRule,
    CancellationRule CancelUntil,
    string? Owner,
    string? Phone,
    string? Address,
    string? Picture,
    long MinimumOrder,
    long DeliveryFee,
    string TimeZone,
    IReadOnlyList<PeriodFields> Hours,
    IReadOnlyList<string> ClosedDays,
    bool AutoAccept,
    int AnswerWithinMinutes,
    bool Paused,
    DateTimeOffset? PausedUntil,
    bool ClosedForGood,
    long Revision)
{
    public static HalResource Of(Store store, DateTimeOffset now, bool withOwner = false)
    {
        var profile = store.Profile;
        var fields = new StoreFields(
            store.Id.Value,
            profile.Name,
            profile.Kind,
            profile.CancellationRule,
            profile.CancellationRule,
            withOwner ? profile.Owner.OrNull() : null,
            profile.Phone.OrNull(),
            profile.Address.OrNull(),
            profile.Picture.OrNull(),
            profile.MinimumOrder.Won,
            profile.DeliveryFee.Won,
            profile.Hours.TimeZone,
            [.. profile.Hours.Periods.Select(PeriodFields.Of)],
            [.. profile.Hours.ClosedDays.Select(OpeningHours.Write)],
            profile.AutoAccept,
            profile.AnswerWithinMinutes,
            store.Pause is { } pause && !(pause.Until <= now),
            store.Pause?.Until,
            store.IsClosed,
            store.Version);
        return Hal.Resource(fields, $"/stores/{store.Id}", "store");
    }
}

/// <summary>A time of the week during which a store is open.</summary>
internal sealed record PeriodFields(
    [property: Description("The day on which it begins: monday to sunday")] string Day,
    [property: Description("Such as 09:30")] string From,
    [property: Description("What is not later than from is on the next day; midnight is also 24:00")] string To)
{
    public static PeriodFields Of(OpeningPeriod period) =>
        new(period.Day.ToString().ToLowerInvariant(), OpeningHours.Write(period.From), OpeningHours.Write(period.To));
}

/// <summary>What is said of a store; what is absent is not said.</summary>
internal sealed record StoreBody(
    [property: Description("Needed for a new store")] string? Name,
    [property: Description("restaurant, which delivers, or cafe; needed for a new store")] string? Kind,
    [property: Description("How long it gives way to a customer who cancels: until_accepted or until_delivery_started; also cancellationRule")] string? CancelUntil,
    [property: Description("The subject of the owner's token; changed by operators only")] string? Owner,
    string? Phone,
    string? Address,
    [property: Description("The address of a picture")] string? Picture,
    [property: Description("The least that the dishes of an order come to, in won")] long? MinimumOrder,
    [property: Description("In won, added to what the dishes cost")] long? DeliveryFee,
    [property: Description("The IANA name of the zone in which hours and closedDays are meant; Asia/Seoul for a new store")] string? TimeZone,
    [property: Description("Every week's; none: day and night")] IReadOnlyList<PeriodFields>? Hours,
    [property: Description("Dates on which it does not open, such as 2026-12-25")] IReadOnlyList<string>? ClosedDays,
    [property: Description("Accept every order as soon as it arrives")] bool? AutoAccept,
    [property: Description("After how many minutes an order that nobody has answered is rejected; 0: never; 10 for a new store")] int? AnswerWithinMinutes,
    [property: Description("The one that was seen; 409 if it has changed")] long? Revision)
{
    /// <summary>What a store's body calls the parts of a store.</summary>
    public static readonly FieldNames Names = new(
        ("minimumOrderWon", "minimumOrder"), ("deliveryFeeWon", "deliveryFee"), ("cancellationRule", "cancelUntil"));

    public static Result<StoreDraft> ReadDraft(RequestBody body)
    {
        if (!body.TryText(out var name, out var rejection, "name")
            || !TryWord<StoreKind>(body, out var kind, out rejection, "kind")
            || !TryWord<CancellationRule>(body, out var rule, out rejection, "cancelUntil", "cancellationRule")
            || !body.TryText(out var owner, out rejection, "owner")
            || !body.TryText(out var phone, out rejection, "phone")
            || !body.TryText(out var address, out rejection, "address", "주소")
            || !body.TryText(out var picture, out rejection, "picture")
            || !body.TryInteger(out var minimum, out rejection, "minimumOrder")
            || !body.TryInteger(out var fee, out rejection, "deliveryFee")
            || !body.TryText(out var zone, out rejection, "timeZone")
            || !TryHours(body, out var hours, out rejection)
            || !body.TryTexts(out var closedDays, out rejection, "closedDays")
            || !body.TryFlag(out var autoAccept, out rejection, "autoAccept")
            || !body.TryInteger(out var answerWithin, out rejection, "answerWithinMinutes"))
        {
            return rejection;
        }

        return new StoreDraft
        {
            Name = name,
            Kind = kind,
            CancellationRule = rule,
            Owner = owner,
            Phone = phone,
            Address = address,
            Picture = picture,
            MinimumOrder = minimum,
            DeliveryFee = fee,
            TimeZone = zone,
            Hours = hours,
            ClosedDays = closedDays,
            AutoAccept = autoAccept,
            AnswerWithinMinutes = answerWithin,
        };
    }

    private static bool TryHours(RequestBody body, out List<PeriodDraft>? hours, [NotNullWhen(false)] out Error? rejection)
    {
        hours = null;
        if (!body.TryList(out var list, out rejection, "hours") || list is null)
            return rejection is null;

        hours = [];
        foreach (var entry in list)
        {
            if (!entry.TryText(out var day, out rejection, "day") || !entry.TryText(out var from, out rejection, "from") || !entry.TryText(out var to, out rejection, "to"))
            {
                rejection = rejection with { Field = $"hours[{hours.Count}].{rejection.Field}" };
                return false;
            }

            hours.Add(new PeriodDraft(day ?? "", from ?? "", to ?? ""));
        }

        return true;
    }

    // The words are those that answers have.
    private static bool TryWord<T>(RequestBody body, out T? value, [NotNullWhen(false)] out Error? rejection, params ReadOnlySpan<string> names)
        where T : struct, Enum
    {
        value = null;
        if (!body.TryText(out var text, out rejection, names) || text is null)
            return rejection is null;

        var words = Enum.GetValues<T>().ToDictionary(static one => JsonNamingPolicy.SnakeCaseLower.ConvertName(one.ToString()), static one => one, StringComparer.OrdinalIgnoreCase);
        value = words.TryGetValue(text.Trim(), out var known) ? known : null;
        rejection = value is null ? Error.Invalid(names[0], $"{names[0]} must be one of {string.Join(", ", words.Keys)}.") : null;
        return rejection is null;
    }
}

/// <summary>How long a store takes no orders.</summary>
internal sealed record PauseBody(
    [property: Description("Absent: until it is resumed")] DateTimeOffset? Until,
    [property: Description("The one that was seen; 409 if it has changed")] long? Revision = null)
{
    public static Result<PauseBody> Read(RequestBody body)
    {
        if (!body.TryText(out var text, out var rejection, "until"))
            return rejection;

        if (string.IsNullOrWhiteSpace(text))
            return new PauseBody(Until: null);

        // A time without its offset means another moment to each who reads it.
        return DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var until) && until.Kind != DateTimeKind.Unspecified
            ? new PauseBody(new DateTimeOffset(until).ToUniversalTime())
            : Error.Invalid("until", "until must be a time such as 2026-12-24T18:00:00+09:00.");
    }
}

/// <summary>Which version of a store was seen, where that is not said by If-Match; the body may be absent.</summary>
internal sealed record SeenBody([property: Description("The one that was seen; 409 if it has changed")] long? Revision);

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
