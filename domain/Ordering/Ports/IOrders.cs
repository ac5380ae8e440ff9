namespace FoodDelivery.Ordering.Ports;

/// <summary>The orders that exist.</summary>
public interface IOrders
{
    /// <summary>The order, or null.</summary>
    Task<Order?> Find(OrderId id, CancellationToken cancellation);

    /// <summary>Some of them, by their numbers.</summary>
    Task<IReadOnlyList<Order>> List(OrderSelection selection, CancellationToken cancellation);

    /// <summary>How many there are, counted to <paramref name="limit"/> at the most; only the customer's, where one is named.</summary>
    Task<int> Count(string? customer, int limit, CancellationToken cancellation);

    /// <summary>
    /// The orders without a ticket whose time has come at <paramref name="now"/>, longest waiting first: a store is told again <paramref name="patience"/> after
    /// it was told, twice as late each time, up to <paramref name="reminders"/> times; and what was placed before <paramref name="giveBackBefore"/> is given back.
    /// </summary>
    Task<IReadOnlyList<Order>> WithoutTicket(
        DateTimeOffset now, TimeSpan patience, int reminders, DateTimeOffset giveBackBefore, int limit, CancellationToken cancellation);

    /// <summary>How many orders were placed before <paramref name="before"/> and have no ticket, counted to <paramref name="limit"/> at the most.</summary>
    Task<int> CountWithoutTicket(DateTimeOffset before, int limit, CancellationToken cancellation);

    /// <summary>Keeps a changed order and publishes what it raised, once per cause; an unchanged one is left alone.</summary>
    /// <exception cref="ConcurrencyException">Somebody else changed it meanwhile; nothing was kept.</exception>
    Task Save(Order order, MessageContext cause, CancellationToken cancellation);
}

/// <summary>Which orders a list shows.</summary>
/// <param name="Customer">Only this customer's; null for everybody's.</param>
/// <param name="Before">Only those older than this one; null for all.</param>
/// <param name="Skip">How many to leave out.</param>
/// <param name="Take">How many to show at the most.</param>
/// <param name="Direction">Which come first.</param>
public sealed record OrderSelection(
    string? Customer, OrderId? Before, long Skip, int Take, SortDirection Direction = SortDirection.Descending);
