using System.Runtime.CompilerServices;
using System.Threading.Channels;
using FoodDelivery.Stores;
using FoodDelivery.Stores.Ports;

namespace FoodDelivery.Adapters.Stores.Watching;

/// <summary>
/// Reads what has been from the table and what happens from the poller. A reader who is too slow for the poller goes back to the table, so
/// that memory is bounded and nothing is lost.
/// </summary>
internal sealed class SqlTicketChanges(TicketChangeTable table, TicketChangePoller poller, ReplayTurns turns) : ITicketChanges
{
    public Task<long> Newest(CancellationToken cancellation) => table.End(cancellation);

    public async IAsyncEnumerable<TicketChange> Watch(
        TicketSelection selection, long? after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (told, resumes) = (after ?? 0, after is not null && !selection.OpenOnly);
        while (true)
        {
            using var subscription = await poller.Subscribe(selection, cancellation);
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
            var begin = after;
            var page = await turns.Take(
                selection.Reader,
                limit => resumes ? table.Between(selection, begin, until, limit, cancellation) : table.Current(selection, begin, until, limit, cancellation),
                cancellation);
            for (var index = 0; index < page.Count; index++)
                yield return page[index] with { MoreFollow = index < page.Count - 1 };

            if (page.Count < ReplayTurns.Page)
                yield break;

            after = page[^1].Position;
        }
    }
}

/// <summary>What one reader is told of the changes after a position. It ends when the reader is too slow; the table knows the rest.</summary>
internal sealed class TicketSubscription(TicketSelection selection, long after, Action<TicketSubscription> unsubscribe) : IDisposable
{
    private const int Capacity = 256;

    private readonly Channel<TicketChange> _changes = Channel.CreateBounded<TicketChange>(
        new BoundedChannelOptions(Capacity) { SingleReader = true, SingleWriter = true, FullMode = BoundedChannelFullMode.Wait });

    /// <summary>All changes after this position come through here.</summary>
    public long After => after;

    public ChannelReader<TicketChange> Changes => _changes.Reader;

    /// <summary>False if the reader has no room left; it is told nothing from there on.</summary>
    public bool Tell(TicketChange change)
    {
        if (!selection.Includes(change.Ticket.Slip) || _changes.Writer.TryWrite(change))
            return true;

        _changes.Writer.Complete();
        return false;
    }

    public void Dispose() => unsubscribe(this);
}
