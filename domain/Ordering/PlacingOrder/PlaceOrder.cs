namespace FoodDelivery.Ordering.PlacingOrder;

/// <summary>Order these dishes, and pay for them now.</summary>
/// <param name="Items">1 to <see cref="OrderDetails.MaxLines"/> dishes.</param>
/// <param name="Store">From which store; null for the first whose menu has the first dish.</param>
/// <param name="Customer">The customer's name for itself; may be empty.</param>
/// <param name="Address">Where to; may be empty.</param>
/// <param name="MembershipNumber">Whose points; may be empty.</param>
/// <param name="Key">Makes the command safe to repeat; null if it is not to be.</param>
public sealed record PlaceOrder(
    IReadOnlyList<OrderItem> Items, StoreId? Store, string Customer, string Address, string MembershipNumber, RequestKey? Key)
{
    /// <summary>What is wrong with the input, whatever the menus say; or null.</summary>
    internal Error? Validate() =>
        Items.Count is 0 or > OrderDetails.MaxLines
            ? Error.Invalid(Items.Count == 0 ? "item" : "lines", $"An order has 1 to {OrderDetails.MaxLines} items, not {Items.Count}.")
            : FreeText.Validate("customerId", Customer)
                ?? FreeText.Validate("address", Address)
                ?? FreeText.Validate("membershipNumber", MembershipNumber)
                ?? (Key is null ? null : FreeText.Validate("Idempotency-Key", Key.Key))
                ?? Items.Select((item, index) => item.Validate(name => Field(name, index))).FirstOrDefault(static flaw => flaw is not null);

    /// <summary>How a field of an item is called: as in a request for one dish, or as in a list.</summary>
    internal string Field(string name, int index) => Items.Count == 1 ? name : $"lines[{index}].{name}";
}

/// <summary>A dish that the customer wants.</summary>
/// <param name="Item">Its name, in any spelling that the menu knows.</param>
/// <param name="Quantity">How many: 1 to <see cref="OrderLine.MaxQuantity"/>.</param>
/// <param name="Price">The price of one that the customer saw, in won; null for today's.</param>
public sealed record OrderItem(string Item, long Quantity, long? Price)
{
    internal Error? Validate(Func<string, string> field)
    {
        if (string.IsNullOrWhiteSpace(Item))
            return Error.Invalid(field("item"), $"{field("item")} is missing: which dish is it?");

        if (Quantity is < 1 or > OrderLine.MaxQuantity)
            return Error.Invalid(field("qty"), $"{field("qty")} is {Quantity}; it must be 1 to {OrderLine.MaxQuantity}.");

        return Price is { } price && (price < 1 || price > OrderLine.MaxUnitPrice.Won)
            ? Error.Invalid(field("price"), $"{field("price")} is {price}; it must be 1 to {OrderLine.MaxUnitPrice.Won} won.")
            : FreeText.Validate(field("item"), Item.Trim());
    }
}
