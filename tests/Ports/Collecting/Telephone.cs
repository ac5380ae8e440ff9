using System.Collections.Concurrent;
using FoodDelivery.Customers;
using FoodDelivery.Customers.Ports;
using FoodDelivery.Kernel;

namespace FoodDelivery.Tests.Ports.Collecting;

/// <summary>Rings for every message that it is given, and can be asked only by whoever thinks that it may have left.</summary>
internal sealed class Telephone : INotificationChannel
{
    public ConcurrentDictionary<string, int> Rung { get; } = new(StringComparer.Ordinal);

    public string Name => ContactChannel.Kakao.Word();

    public async Task<Result<Unit>> Send(OutgoingMessage message, CancellationToken cancellation)
    {
        await Task.Yield();
        var key = message.Key;
        if (message.To is not null && !(message.MayHaveLeft && Rung.ContainsKey(key)))
            Rung.AddOrUpdate(key, 1, static (_, times) => times + 1);
        return Unit.Value;
    }
}
