using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using FoodDelivery.Platform.Hosting.Rest;
using FoodDelivery.Stores;

namespace FoodDelivery.Adapters.Stores.Rest;

/// <summary>A menu that an owner sends; a fault names the dish by its place.</summary>
internal sealed record MenuBody(
    [property: Description("All dishes, in the menu's order")] IReadOnlyList<DishBody> Dishes,
    [property: Description("The one that was seen; 409 if it has changed")] long? Revision)
{
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
            || !entry.TryTexts(out var names, out rejection, "names", "name")
            || !entry.TryInteger(out var price, out rejection, "price", "가격")
            || !entry.TryFlag(out var openPriced, out rejection, "openPriced")
            || !entry.TryFlag(out var soldOut, out rejection, "soldOut"))
        {
            return false;
        }

        dish = new DishDraft(id, names ?? [], price ?? 0, openPriced ?? false, soldOut ?? false);
        return true;
    }
}

/// <summary>A dish that an owner sends.</summary>
internal sealed record DishBody(
    [property: Description("Absent: a new dish, or the one of that name")] long? Id,
    [property: Description("Or name, for one alone")] IReadOnlyList<string> Names,
    long Price,
    bool? OpenPriced,
    bool? SoldOut);
