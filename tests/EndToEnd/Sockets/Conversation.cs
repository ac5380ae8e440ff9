using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;
using FoodDelivery.Kernel;
using FoodDelivery.Ordering;
using OrderItem = FoodDelivery.Ordering.OrderItem;
using OrderStatusChanged = FoodDelivery.Protos.Ordering.V1.OrderStatusChanged;

namespace FoodDelivery.Tests.EndToEnd.Sockets;

/// <summary>
/// One customer's socket. Commands and changes of status go through one channel and are taken one after another: changes that come while an order is
/// being placed wait until its number is known.
/// </summary>
internal sealed class Conversation(WebSocket socket, PlaceOrderHandler placing, CancelOrderHandler cancelling, AccessScope scope, string id)
{
    private const int LongestCommand = 4096;
    private readonly Channel<object> _inbox = Channel.CreateBounded<object>(1024);
    private readonly Dictionary<long, long> _told = [];

    public async Task Run(StatusFeed feed, CancellationToken cancellation)
    {
        feed.Join(_inbox.Writer);
        try
        {
            var listening = Listen(cancellation);
            await foreach (var next in _inbox.Reader.ReadAllAsync(cancellation))
            {
                if (next is Command command)
                    await Obey(command, cancellation);
                else if (next is OrderStatusChanged change && _told.TryGetValue(change.OrderId, out var last) && change.Version > last)
                    await Tell(change, cancellation);
            }

            await listening;
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancellation);
        }
        finally
        {
            feed.Leave(_inbox.Writer);
            _inbox.Writer.TryComplete();
        }
    }

    private async Task Listen(CancellationToken cancellation)
    {
        var buffer = new byte[LongestCommand];
        while (await socket.ReceiveAsync(buffer, cancellation) is { MessageType: WebSocketMessageType.Text, EndOfMessage: true } message)
            await _inbox.Writer.WriteAsync(JsonSerializer.Deserialize<Command>(buffer.AsSpan(0, message.Count), JsonSerializerOptions.Web)!, cancellation);
        _inbox.Writer.TryComplete();
    }

    private async Task Obey(Command command, CancellationToken cancellation)
    {
        var cause = MessageContext.Command(id);
        var outcome = command.Cancel is { } number
            ? await cancelling.Handle(new CancelOrder(new OrderId(number), command.Reason ?? ""), scope, cause, cancellation)
            : await placing.Handle(Wish(command), scope, cause, cancellation);
        if (outcome.IsError(out var refusal, out var order))
        {
            await Send(new Refused(refusal.Reason, refusal.Message), cancellation);
            return;
        }

        _told.TryAdd(order.Id.Value, 0);
        await Send(new Accepted(order.Id.Value), cancellation);
    }

    private PlaceOrder Wish(Command command) => new(
        [new OrderItem(command.Place ?? "", 1, Price: null)], Store: null, "", command.Address ?? "", "",
        command.Key is { } key ? new RequestKey("socket", key) : null);

    private Task Tell(OrderStatusChanged change, CancellationToken cancellation)
    {
        _told[change.OrderId] = change.Version;
        return Send(new Told(change.OrderId, change.Version, change.Status.ToString(), change.Reason), cancellation);
    }

    private Task Send(object message, CancellationToken cancellation) => socket.SendAsync(
        JsonSerializer.SerializeToUtf8Bytes(message, JsonSerializerOptions.Web), WebSocketMessageType.Text, endOfMessage: true, cancellation);
}
