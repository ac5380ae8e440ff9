namespace FoodDelivery.Marketing.Ports;

/// <summary>Every order there has been, and what became of it.</summary>
public interface IOrderHistory
{
    /// <summary>Lets <see cref="TallyingOrders.TallyingOrders"/> handle all that had happened before the call, repeatedly if need be; completes when it has.</summary>
    Task Replay(CancellationToken cancellation);
}
