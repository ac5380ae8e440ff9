namespace FoodDelivery.Ordering;

/// <summary>Finds the store and today's prices for what the customer wants, and whether the store takes it now.</summary>
internal static class DishSelection
{
    public static Result<OrderDetails> From(MenuReplica menus, PlaceOrder command, DateTimeOffset now)
    {
        if (menus.IsEmpty)
            return Error.Unavailable("MENUS_NOT_READY", "The menus are not known yet.", TimeSpan.FromSeconds(1));

        if (FindMenu(menus, command).IsError(out var noMenu, out var menu))
            return noMenu;

        var lines = new List<OrderLine>(command.Items.Count);
        for (var index = 0; index < command.Items.Count; index++)
        {
            if (Choose(menu, command, index).IsError(out var noLine, out var line))
                return noLine;

            lines.Add(line);
        }

        var terms = menus.TermsOf(menu.Store);
        var details = new OrderDetails(menu.Store, command.Customer, lines, command.Address, command.MembershipNumber) { DeliveryFee = terms.DeliveryFee };
        if (details.Total > OrderDetails.MaxTotal)
            return Error.Invalid("items", $"The order comes to {details.Total}; it must be {OrderDetails.MaxTotal} at the most.", "TOTAL_TOO_HIGH");

        return terms.Refusal(details.Items, now) is { } refusal ? refusal : details;
    }

    private static Result<Menu> FindMenu(MenuReplica menus, PlaceOrder command)
    {
        if (command.Store is { } store)
            return menus.Of(store) is { } own ? own : Error.Invalid("storeId", $"There is no store {store}.", "STORE_UNKNOWN");

        var first = command.Items[0].Item;
        return (menus.FirstWith(command.Items.Select(static item => item.Item)) ?? menus.FirstWith(first)) is { } menu
            ? menu
            : Error.Invalid(PlaceOrder.Field("item", 0), $"No store has '{first.Trim()}' on its menu.", "ITEM_UNKNOWN");
    }

    private static Result<OrderLine> Choose(Menu menu, PlaceOrder command, int index)
    {
        var item = command.Items[index];
        var name = item.Item.Trim();
        if (menu.Find(name) is not { } dish)
            return Error.Invalid(PlaceOrder.Field("item", index), $"'{name}' is not on the menu of store {menu.Store}.", "ITEM_UNKNOWN");

        if (dish.SoldOut)
            return Error.Conflict("ITEM_SOLD_OUT", $"'{name}' is sold out today.") with { Field = PlaceOrder.Field("item", index) };

        var price = item.Price is { } seen ? new Money(seen) : dish.Price;
        if (dish.OpenPriced && price < dish.MinPrice)
        {
            return Error.Invalid(PlaceOrder.Field("unitPriceWon", index), $"'{name}' costs {dish.MinPrice} at the least, not {price}.", "PRICE_TOO_LOW") with
            {
                Expected = dish.MinPrice.Won.ToString(),
            };
        }

        return price == dish.Price || dish.OpenPriced
            ? new OrderLine(name, (int)item.Quantity, price, dish.Id)
            : Error.Conflict("PRICE_CHANGED", $"'{name}' costs {dish.Price}, not {price}.") with
            {
                Field = PlaceOrder.Field("unitPriceWon", index),
                Expected = dish.Price.Won.ToString(),
            };
    }
}
