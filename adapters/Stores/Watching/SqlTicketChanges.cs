using System.Runtime.CompilerServices;
using FoodDelivery.Stores;
using FoodDelivery.Stores.Ports;

namespace FoodDelivery.Adapters.Stores.Watching;

/// <summary>
/// Reads what has been from the table and what happens from the tail. A reader who is too slow for the tail goes back to the table, so
/// that memory is bounded and nothing is lost.
/// </summary>
internal sealed class SqlTicketChanges(TicketChangeTable table, TicketTail tail) : ITicketChanges
{
    private const int Page = 200;

    public async IAsyncEnumerable<TicketChange> Watch(
        TicketSelection selection, long? after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (told, resumes) = (after ?? 0, after is not null);
        while (true)
        {
            using var subscription = await tail.Subscribe(selection, cancellation);
            await foreach (var change in Stored(selection, resumes, told, subscription.After, cancellation))
            {
                told = change.Position;
                yield return change;
            }

            (told, resumes) = (Math.Max(told, subscription.After), true);
            if (selection.Order is { } order && await table.HasEnded(order, told, cancellation))
                yield break;

            await foreach (var change in subscription.Changes.ReadAllAsync(cancellation))
            {
                if (change.Position <= told)
                    continue;

                told = change.Position;
                yield return change;
                if (selection.Order is not null && change.Ticket.Status.IsFinal())
                    yield break;
            }
        }
    }

    private async IAsyncEnumerable<TicketChange> Stored(
        TicketSelection selection, bool resumes, long after, long until, [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (after < until)
        {
            var page = resumes
                ? await table.Between(selection, after, until, Page, cancellation)
                : await table.Current(selection, after, until, Page, cancellation);
            foreach (var change in page)
                yield return change;

            if (page.Count < Page)
                yield break;

            after = page[^1].Position;
        }
    }
}
