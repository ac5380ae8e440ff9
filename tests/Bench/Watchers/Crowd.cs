using System.Diagnostics.CodeAnalysis;
using FoodDelivery.Protos.Customer.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace FoodDelivery.Tests.Bench.Watchers;

/// <summary>Those who watch their orders, each with a connection unless several share one, and come back as soon as they are cut off.</summary>
/// <param name="address">Where they watch.</param>
/// <param name="token">Their token; null for none.</param>
/// <param name="orders">What they watch, in turn.</param>
internal sealed class Crowd(Uri address, string? token, IReadOnlyList<long> orders) : IAsyncDisposable
{
    private const int LongestPause = 1000;

    private readonly CancellationTokenSource _end = new();
    private readonly List<Task> _watching = [];
    private readonly List<GrpcChannel> _channels = [];
    private int _openings;

    /// <summary>How many share a connection.</summary>
    public int PerConnection { get; init; } = 1;

    /// <summary>How often one was let in.</summary>
    public int Openings => Volatile.Read(ref _openings);

    /// <summary>A caller's token on a call.</summary>
    public static Metadata Bearer(string? token) => token is null ? [] : new Metadata { { "authorization", $"Bearer {token}" } };

    /// <summary>Returns when so many more have been let in.</summary>
    public async Task Gather(int count)
    {
        var wanted = Openings + count;
        for (var begun = 0; begun < count; begun += PerConnection)
        {
            var channel = GrpcChannel.ForAddress(address);
            _channels.Add(channel);
            for (var here = 0; here < PerConnection && begun + here < count; here++)
                _watching.Add(Watch(new OrderStatusService.OrderStatusServiceClient(channel), orders[(begun + here) % orders.Count]));
        }

        while (Openings < wanted)
            await Task.Delay(TimeSpan.FromMilliseconds(50));
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_watching);
        _channels.ForEach(static channel => channel.Dispose());
        _end.Dispose();
    }

    [SuppressMessage("Security", "CA5394", Justification = "A pause is no secret.")]
    private async Task Watch(OrderStatusService.OrderStatusServiceClient client, long order)
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                using var call = client.WatchOrder(new WatchOrderRequest { OrderId = order }, Bearer(token), cancellationToken: _end.Token);
                await call.ResponseHeadersAsync;
                Interlocked.Increment(ref _openings);
                while (await call.ResponseStream.MoveNext(_end.Token))
                {
                }
            }
            catch (Exception) when (_end.IsCancellationRequested)
            {
            }
            catch (Exception cut) when (cut is RpcException or HttpRequestException)
            {
                await Task.Delay(Random.Shared.Next(LongestPause)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
