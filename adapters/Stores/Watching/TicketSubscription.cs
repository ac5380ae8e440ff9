using System.Threading.Channels;
using FoodDelivery.Stores.Ports;

namespace FoodDelivery.Adapters.Stores.Watching;

/// <summary>What one reader is told of the changes after a position. It ends when the reader is too slow; the table knows the rest.</summary>
internal sealed class TicketSubscription(TicketSelection selection, long after, Action<TicketSubscription> unsubscribe) : IDisposable
{
    private const int Room = 256;

    private readonly Channel<TicketChange> _changes = Channel.CreateBounded<TicketChange>(
        new BoundedChannelOptions(Room) { SingleReader = true, SingleWriter = true, FullMode = BoundedChannelFullMode.Wait });

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
