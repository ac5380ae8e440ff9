namespace FoodDelivery.Ordering.Ports;

/// <summary>The attempts to order, each written down before any money moves.</summary>
public interface IAttempts
{
    /// <summary>The attempt with that number, or null.</summary>
    Task<OrderAttempt?> Find(OrderId id, CancellationToken cancellation);

    /// <summary>The attempt that the key stands for, or null; an abandoned one does not count.</summary>
    Task<OrderAttempt?> Find(RequestKey key, CancellationToken cancellation);

    /// <summary>Issues a number and an id of its own and writes the attempt down; where its key already stands for an attempt, that one is the answer.</summary>
    Task<OrderAttempt> Open(AttemptRequest request, CancellationToken cancellation);

    /// <summary>Issues no number up to this one any more; numbers beyond it that were issued stay issued.</summary>
    Task IssueBeyond(OrderId highest, CancellationToken cancellation);

    /// <summary>Keeps a declined or abandoned attempt and publishes what it raised; false, and nothing kept, if it was no longer open.</summary>
    Task<bool> Close(OrderAttempt attempt, MessageContext cause, CancellationToken cancellation);

    /// <summary>Keeps a placed attempt together with its order and publishes what that raised; false, and nothing kept, if it was no longer open.</summary>
    Task<bool> Close(OrderAttempt attempt, Order order, MessageContext cause, CancellationToken cancellation);

    /// <summary>The attempts still open that were opened before <paramref name="from"/> or after <paramref name="until"/>, oldest first.</summary>
    Task<IReadOnlyList<OrderAttempt>> OpenedOutside(DateTimeOffset from, DateTimeOffset until, int limit, CancellationToken cancellation);

    /// <summary>Publishes that a number which was never issued here is none of ours, once per cause.</summary>
    Task Disown(OrderId id, MessageContext cause, CancellationToken cancellation);
}
