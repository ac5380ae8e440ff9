namespace FoodDelivery.Ordering.Ports;

/// <summary>What is kept of a customer, to be forgotten.</summary>
public interface IErasures
{
    /// <summary>All that the customer has ordered or tried to, oldest first.</summary>
    Task<IReadOnlyList<ErasableOrder>> Of(string customer, CancellationToken cancellation);

    /// <summary>Keeps an order, and the attempt that it was, without what was erased, and publishes that.</summary>
    /// <exception cref="ConcurrencyException">Somebody else changed it meanwhile; nothing was kept.</exception>
    Task Erase(Order order, MessageContext cause, CancellationToken cancellation);

    /// <summary>Keeps an attempt that never became an order without what was erased, and publishes that.</summary>
    Task Erase(OrderAttempt attempt, MessageContext cause, CancellationToken cancellation);

    /// <summary>Publishes that a customer is forgotten, and forgets the texts in events that are kept here.</summary>
    Task Complete(CustomerErased erased, MessageContext cause, CancellationToken cancellation);
}

/// <summary>An order or an attempt of a customer.</summary>
/// <param name="Id">Its number.</param>
/// <param name="IsErased">Whether its texts are forgotten already.</param>
public sealed record ErasableOrder(OrderId Id, bool IsErased);
