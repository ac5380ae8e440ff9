using FoodDelivery.Customers;
using FoodDelivery.Customers.Ports;
using FoodDelivery.Kernel;

namespace FoodDelivery.Tests.Domain.Customers.Doubles;

/// <summary>A notification that the provider has taken, by the key that stands for it.</summary>
internal sealed record DeliveredNotification(string MessageKey, OrderId OrderId, long Version, RecipientRole Role)
{
    public static DeliveredNotification Of(OutgoingMessage message) => message.Key.Split('-') is ["order", var order, var version, var role]
        ? new(message.Key, new OrderId(long.Parse(order)), long.Parse(version), Enum.Parse<RecipientRole>(role, ignoreCase: true))
        : new(message.Key, default, 0, default);
}

/// <summary>A messaging provider: the process may die before or after it has taken a message, it may refuse, it delivers a key once.</summary>
internal sealed class Provider : INotificationChannel
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);

    public string Name { get; init; } = "test";

    public List<DeliveredNotification> Delivered { get; } = [];

    public List<OutgoingMessage> Messages { get; } = [];

    public int Calls { get; private set; }

    public Func<Answer> Next { get; set; } = static () => Answer.Takes;

    public async Task<Result<Unit>> Send(OutgoingMessage message, CancellationToken cancellation)
    {
        Answer answer;
        lock (_gate)
        {
            Calls++;
            Messages.Add(message);
            answer = Next();
            if (answer is Answer.Takes or Answer.TakesAndProcessDies && _keys.Add(message.Key))
                Delivered.Add(DeliveredNotification.Of(message));
        }

        await Task.Yield();
        if (answer == Answer.Silent)
            await Task.Delay(Timeout.Infinite, cancellation);
        return answer switch
        {
            Answer.Takes => Unit.Value,
            Answer.Refuses => Error.Unavailable("CHANNEL_DOWN", "Nobody answers.", TimeSpan.FromSeconds(1)),
            Answer.RefusesForAMinute => Error.Unavailable("CHANNEL_BUSY", "Later.", TimeSpan.FromMinutes(1)),
            _ => throw new CrashException(),
        };
    }

    internal enum Answer
    {
        Takes,
        Refuses,
        RefusesForAMinute,
        ProcessDies,
        TakesAndProcessDies,
        Silent,
    }
}
