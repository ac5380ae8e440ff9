using FoodDelivery.Stores.Ports;

namespace FoodDelivery.Stores;

/// <summary>One order's ticket.</summary>
public sealed class GetTicketHandler(ITickets tickets)
{
    /// <summary>The ticket, or that there is none.</summary>
    public Task<Result<Ticket>> Handle(OrderId order, AccessScope scope, CancellationToken cancellation) => tickets.Get(order, scope, cancellation);
}

/// <summary>Tickets, by their orders' numbers.</summary>
/// <param name="Store">Only this store's; null: all that the caller may see.</param>
/// <param name="Before">Only orders before this one.</param>
/// <param name="Skip">How many are left out.</param>
/// <param name="Limit">At most so many.</param>
/// <param name="CountUpTo">Where counting ends; 0: they are not counted.</param>
/// <param name="Direction">Which come first.</param>
public sealed record ListTickets(
    StoreId? Store, OrderId? Before, long Skip, int Limit, int CountUpTo = 0, SortDirection Direction = SortDirection.Descending);

/// <summary>A part of the tickets.</summary>
/// <param name="Store">Whose they are: the store that was asked for, or else the caller's only one; null: of several stores, or of all.</param>
/// <param name="Tickets">The tickets, in the direction that was asked for.</param>
/// <param name="Total">How many there are in all, as far as they were counted.</param>
public sealed record TicketPage(StoreId? Store, IReadOnlyList<Ticket> Tickets, int Total);

/// <summary>Tickets, by their orders' numbers.</summary>
public sealed class ListTicketsHandler(ITickets tickets)
{
    /// <summary>The tickets, or that somebody else's store was named.</summary>
    public async Task<Result<TicketPage>> Handle(ListTickets query, AccessScope scope, CancellationToken cancellation)
    {
        if (scope.ForStores(query.Store?.Value).IsError(out var refusal, out var numbers))
            return refusal;

        StoreId[] stores = query.Store is { } named ? [named] : [.. numbers.Select(static number => new StoreId(number))];
        return new TicketPage(
            stores is [var only] ? only : null,
            await tickets.List(stores, query.Before, query.Skip, query.Limit, query.Direction, cancellation),
            query.CountUpTo == 0 ? 0 : await tickets.Count(stores, query.CountUpTo, cancellation));
    }
}

/// <summary>Tickets as they change.</summary>
/// <param name="Store">Only this store's; null: all that the caller may see.</param>
/// <param name="Order">Only this order's.</param>
/// <param name="After">Resumes after this position.</param>
/// <param name="OpenOnly">Of what has been, only tickets that have not ended.</param>
/// <param name="Reader">Who reads: the replays of one reader take turns.</param>
public sealed record WatchTickets(StoreId? Store, OrderId? Order, long? After, bool OpenOnly = false, string Reader = "");

/// <summary>The changes as they happen, see <see cref="ITicketChanges.Watch"/>.</summary>
public sealed record TicketWatch(IAsyncEnumerable<TicketChange> Changes);

/// <summary>Tickets as they change.</summary>
public sealed class WatchTicketsHandler(ITicketChanges changes)
{
    /// <summary>The changes; or that somebody else's store was named, or a position that there is not yet.</summary>
    public async Task<Result<TicketWatch>> Handle(WatchTickets query, AccessScope scope, CancellationToken cancellation)
    {
        if (scope.ForStore(query.Store?.Value).IsError(out var refusal, out var number))
            return refusal;

        if (query.After is > 0 and var after && await changes.Newest(cancellation) is var newest && after > newest)
            return Error.OutOfRange("afterPosition", "position", newest);

        StoreId? store = number == 0 && query.Store is null ? null : new StoreId(number);
        return new TicketWatch(changes.Watch(new TicketSelection(store, query.Order, query.OpenOnly, query.Reader), query.After, cancellation));
    }
}
