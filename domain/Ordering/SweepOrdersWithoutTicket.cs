using FoodDelivery.Ordering.Ports;

namespace FoodDelivery.Ordering;

/// <summary>Looks after paid orders of which no store has said that it has a ticket.</summary>
/// <param name="Patience">How long a ticket may take.</param>
/// <param name="Reminders">How often the store is told again, after the patience and then twice as late each time.</param>
/// <param name="GiveBackAfter">How long after it was placed such an order is given back; null for never.</param>
public sealed record SweepOrdersWithoutTicket(TimeSpan Patience, int Reminders, TimeSpan? GiveBackAfter);

/// <summary>Finds the paid orders whose ticket never came, tells their stores again, and gives the money back where that helps nothing.</summary>
public sealed class SweepOrdersWithoutTicketHandler(IOrders orders, TimeProvider clock)
{
    /// <summary>How many are looked after at a time.</summary>
    public const int BatchSize = 100;

    private const int MaxCount = 10_000;

    /// <summary>Does what is due and tells what it did; another replica may win the race for some of them.</summary>
    public async Task<SweptOrders> Handle(SweepOrdersWithoutTicket command, MessageContext cause, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().TruncateToMilliseconds();
        var giveBackBefore = command.GiveBackAfter is { } after ? now - after : DateTimeOffset.UnixEpoch;
        var due = await orders.WithoutTicket(now, command.Patience, command.Reminders, giveBackBefore, BatchSize, cancellation);
        var done = await Task.WhenAll(due.Select(order => Settle(order, giveBackBefore, now, cause, cancellation)));
        return new SweptOrders(
            await orders.CountWithoutTicket(now - command.Patience, MaxCount, cancellation),
            [.. due.Where((order, index) => done[index] && !order.IsOver).Select(static order => order.Id)],
            [.. due.Where((order, index) => done[index] && order.IsOver).Select(static order => order.Id)]);
    }

    private async Task<bool> Settle(Order order, DateTimeOffset giveBackBefore, DateTimeOffset now, MessageContext cause, CancellationToken cancellation)
    {
        if (order.Snapshot.PlacedAt < giveBackBefore)
            order.GiveBack(now);
        else
            order.RemindStore(now);

        try
        {
            await orders.Save(order, cause, cancellation);
            return true;
        }
        catch (ConcurrencyException)
        {
            return false;
        }
    }
}

/// <summary>What a sweep found and did.</summary>
/// <param name="Waiting">How many orders have waited for a ticket for longer than the patience, those that were told again included.</param>
/// <param name="Reminded">Whose stores were told again.</param>
/// <param name="GivenBack">Which were given back.</param>
public sealed record SweptOrders(int Waiting, IReadOnlyList<OrderId> Reminded, IReadOnlyList<OrderId> GivenBack);
