using System.Collections.Concurrent;
using FoodDelivery.Payments.Ports;

namespace FoodDelivery.Adapters.Payments.Provider;

/// <summary>What the simulator does for an order is done once at a time, whoever waits for it or has stopped waiting.</summary>
internal sealed class Underway
{
    private readonly ConcurrentDictionary<OrderId, Lazy<Task<Result<Charge>>>> _tasks = new();

    /// <summary>The task that is under way for the order, or a new one.</summary>
    public Task<Result<Charge>> Join(OrderId order, Func<Task<Result<Charge>>> begin) =>
        _tasks.GetOrAdd(order, key => new Lazy<Task<Result<Charge>>>(() => Ended(key, begin))).Value;

    private async Task<Result<Charge>> Ended(OrderId order, Func<Task<Result<Charge>>> begin)
    {
        try
        {
            return await begin();
        }
        finally
        {
            _tasks.TryRemove(order, out _);
        }
    }
}
