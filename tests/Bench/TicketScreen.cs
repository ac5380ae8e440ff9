using System.Collections.Concurrent;
using System.Diagnostics;
using FoodDelivery.Protos.Store.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace FoodDelivery.Tests.Bench;

/// <summary>The owner's screen: a watch of all tickets that notes when each appeared.</summary>
internal sealed class TicketScreen : IAsyncDisposable
{
    private readonly ConcurrentDictionary<long, TaskCompletionSource<long>> _arrivals = new();
    private readonly CancellationTokenSource _end = new();
    private readonly Task _watching;

    /// <param name="store">The Store service.</param>
    /// <param name="after">The last change that is not to be shown; null for the tickets as they are.</param>
    public TicketScreen(GrpcChannel store, long? after)
    {
        var request = new WatchTicketsRequest();
        if (after is { } position)
            request.AfterPosition = position;

        _watching = Watch(new TicketService.TicketServiceClient(store), request);
    }

    /// <summary>Completes with the timestamp of the moment when the order's ticket appeared.</summary>
    public Task<long> Shows(long order) => Arrival(order).Task;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _watching;
        _end.Dispose();
    }

    private async Task Watch(TicketService.TicketServiceClient store, WatchTicketsRequest request)
    {
        using var call = store.WatchTickets(request, cancellationToken: _end.Token);
        try
        {
            await foreach (var change in call.ResponseStream.ReadAllAsync(_end.Token))
                Arrival(change.Ticket.OrderId).TrySetResult(Stopwatch.GetTimestamp());
        }
        catch (Exception) when (_end.IsCancellationRequested)
        {
        }
    }

    private TaskCompletionSource<long> Arrival(long order) =>
        _arrivals.GetOrAdd(order, static _ => new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously));
}
