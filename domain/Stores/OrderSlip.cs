namespace FoodDelivery.Stores;

/// <summary>What the store was asked to make, and for where. Never changes.</summary>
/// <param name="Order">The order's number, which is also the ticket's.</param>
/// <param name="Store">Whose ticket it is.</param>
/// <param name="Lines">At least one.</param>
/// <param name="Address">Where to deliver; may be empty.</param>
public sealed record OrderSlip(OrderId Order, StoreId Store, IReadOnlyList<TicketLine> Lines, string Address)
{
    /// <summary>The lines summed.</summary>
    public Money Total => Lines.Aggregate(Money.Zero, static (sum, line) => sum + (line.Price * line.Quantity));
}

/// <summary>One dish of an order.</summary>
/// <param name="Item">As the customer wrote it.</param>
/// <param name="Quantity">How many.</param>
/// <param name="Price">Of one.</param>
public sealed record TicketLine(string Item, int Quantity, Money Price);
