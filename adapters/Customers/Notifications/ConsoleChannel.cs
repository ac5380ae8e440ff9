using System.Collections.Concurrent;
using FoodDelivery.Customers;
using FoodDelivery.Customers.Ports;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Adapters.Customers.Notifications;

/// <summary>
/// Shows messages on the console, where no other way out is configured. It remembers the last few thousand keys and shows none of them
/// again; a message that it showed right before its process died comes once more, since a console cannot be asked what it has shown.
/// </summary>
internal sealed partial class ConsoleChannel(ILogger<ConsoleChannel> log) : INotificationChannel
{
    private const int Remembered = 4096;
    private readonly ConcurrentDictionary<string, bool> _shown = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _oldest = new();

    public string Name => Notification.Console;

    public Task<Result<Unit>> Send(OutgoingMessage message, CancellationToken cancellation)
    {
        var key = message.Key;
        if (_shown.TryAdd(key, true))
        {
            Show(message.Recipient, message.Text);
            _oldest.Enqueue(key);
            if (_oldest.Count > Remembered && _oldest.TryDequeue(out var forgotten))
                _shown.TryRemove(forgotten, out _);
        }

        return Task.FromResult<Result<Unit>>(Unit.Value);
    }

    [LoggerMessage(LogLevel.Information, "To {Recipient}: {Text}")]
    private partial void Show(string recipient, string text);
}
