namespace FoodDelivery.Marketing.TallyingOrders;

/// <summary>What a store of counts knows of one order and of its customer: the sheet on which the order is entered.</summary>
/// <param name="Generation">Which store of counts: the one that serves, or the one that is being built.</param>
/// <param name="Decay">How its counts are weighed.</param>
/// <param name="Order">The order as it was entered; null if it was not.</param>
/// <param name="State">What became of it.</param>
/// <param name="Taste">The customer's.</param>
public sealed record TallySheet(long Generation, Decay Decay, PlacedOrder? Order, TallyState State, Taste Taste)
{
    /// <summary>Enters the order; null if it was entered before, or taken back before it came.</summary>
    public TallyEntry? Count(PlacedOrder order)
    {
        if (State != TallyState.None)
            return null;
        var taste = order.Customer.Length == 0 ? null : Taste.With(order, Decay.Weight(order.PlacedAt));
        return new TallyEntry(Generation, order.Id, order, TallyState.Counted, taste, Tally.Of(order, taste?.PartnersOf(order.Id) ?? [], Decay));
    }

    /// <summary>Takes the order back; null if that has happened before. One that is not known yet will not count when it comes.</summary>
    public TallyEntry? TakeBack(OrderId id)
    {
        if (State == TallyState.TakenBack)
            return null;
        if (Order is not { } order)
            return new TallyEntry(Generation, id, Order: null, TallyState.TakenBack, Taste: null, Tally: null);
        var taste = order.Customer.Length == 0 ? null : Taste.Without(order, Decay.Weight(order.PlacedAt));
        return new TallyEntry(Generation, id, order, TallyState.TakenBack, taste, Tally.Of(order, Taste.PartnersOf(id), Decay).Reversed());
    }
}

/// <summary>Whether an order counts.</summary>
public enum TallyState
{
    /// <summary>It has not been heard of.</summary>
    None,

    /// <summary>It counts.</summary>
    Counted,

    /// <summary>It was rejected, cancelled or refunded, and does not count any more, nor ever again.</summary>
    TakenBack,
}

/// <summary>What is to be saved, all or nothing.</summary>
/// <param name="Generation">In which store of counts.</param>
/// <param name="Id">The order's number.</param>
/// <param name="Order">The order; null if it is not known.</param>
/// <param name="State">What becomes of it.</param>
/// <param name="Taste">The customer's new taste; null if there is no customer.</param>
/// <param name="Tally">What changes in the counts; null if nothing does.</param>
public sealed record TallyEntry(long Generation, OrderId Id, PlacedOrder? Order, TallyState State, Taste? Taste, Tally? Tally);
