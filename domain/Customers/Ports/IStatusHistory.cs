using FoodDelivery.Customers.FollowingOrders;

namespace FoodDelivery.Customers.Ports;

/// <summary>Every change of every order's status there has been.</summary>
public interface IStatusHistory
{
    /// <summary>
    /// Gives all of them to <paramref name="each"/>, one order's in their order and repeatedly if need be; completes when everything that
    /// had happened before the call was given.
    /// </summary>
    Task Replay(Func<OrderStatusChanged, CancellationToken, Task> each, CancellationToken cancellation);
}
