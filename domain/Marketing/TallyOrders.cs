using FoodDelivery.Marketing.Ports;

namespace FoodDelivery.Marketing;

/// <summary>Counts what is ordered, and takes back what is rejected, cancelled or refunded.</summary>
/// <param name="tallies">The counts.</param>
public sealed class TallyOrdersHandler(ITallies tallies) : IDisposable
{
    // A customer's taste is one row: orders of one customer that come at once take turns, instead of overtaking each other until they give up.
    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, 64).Select(static _ => new SemaphoreSlim(1))];

    /// <summary>Counts an order once, whatever the number of its deliveries, in the counts that serve and in those that are being built.</summary>
    public Task Handle(PlacedOrder placed, MessageContext context, CancellationToken cancellation) =>
        InTurn(placed.Customer, () => Enter(placed.Id, placed.Customer, sheet => sheet.Count(placed), cancellation), cancellation);

    /// <summary>Takes an order back, once.</summary>
    public async Task Handle(OrderUndone undone, MessageContext context, CancellationToken cancellation)
    {
        var known = await tallies.Load(undone.Id, customer: null, cancellation);
        var customer = known.Select(static sheet => sheet.Order?.Customer).FirstOrDefault(static name => name is not null);
        await InTurn(customer ?? "", () => Enter(undone.Id, customer: null, sheet => sheet.TakeBack(undone.Id), cancellation), cancellation);
    }

    /// <inheritdoc/>
    public void Dispose() => Array.ForEach(_turns, static turn => turn.Dispose());

    private async Task InTurn(string customer, Func<Task> work, CancellationToken cancellation)
    {
        if (customer.Length == 0)
        {
            await work();
            return;
        }

        var turn = _turns[(uint)customer.GetHashCode(StringComparison.Ordinal) % (uint)_turns.Length];
        await turn.WaitAsync(cancellation);
        try
        {
            await work();
        }
        finally
        {
            turn.Release();
        }
    }

    private Task<Unit> Enter(OrderId id, string? customer, Func<TallySheet, TallyEntry?> decide, CancellationToken cancellation) =>
        Concurrency.RetryOnConflict(async () =>
        {
            foreach (var sheet in await tallies.Load(id, customer, cancellation))
            {
                if (decide(sheet) is { } entry)
                    await tallies.Save(entry, cancellation);
            }

            return Unit.Value;
        });
}

/// <summary>An order was rejected, cancelled or refunded.</summary>
public sealed record OrderUndone(OrderId Id);

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

/// <summary>What this context knows of an order.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Store">The store that it was placed with.</param>
/// <param name="Customer">Who placed it; empty if nobody said.</param>
/// <param name="Dishes">What was ordered, each dish once.</param>
/// <param name="PlacedAt">When.</param>
public sealed record PlacedOrder(OrderId Id, StoreId Store, string Customer, IReadOnlyList<DishId> Dishes, DateTimeOffset PlacedAt);
