using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace FoodDelivery.Adapters.Ordering.Payments;

/// <summary>
/// Asks each address, where there are several, whether it is ready: one that is on its way out, or listens but is not warm yet, is spared. One that is
/// silent stays what it was, since a busy machine makes everybody slow.
/// </summary>
internal sealed class LookingAfterPays(PayAddresses addresses, IOptions<PaymentOptions> options, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Dictionary<Uri, GrpcChannel> _channels = [];

    public override void Dispose()
    {
        foreach (var channel in _channels.Values)
            channel.Dispose();

        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var ticks = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.ReadinessSeconds), clock);
        do
        {
            var all = addresses.All;
            if (all.Count > 1)
                await Task.WhenAll(all.Select(address => Ask(address, stoppingToken)));
        }
        while (await ticks.WaitForNextTickAsync(stoppingToken));
    }

    private async Task Ask(PayAddresses.Address address, CancellationToken cancellation)
    {
        try
        {
            var health = new Health.HealthClient(Channel(address.Uri));
            var deadline = (clock.GetUtcNow() + Patience).UtcDateTime;
            var answer = await health.CheckAsync(new HealthCheckRequest(), deadline: deadline, cancellationToken: cancellation);
            address.IsReady = answer.Status is not ServingStatus.NotServing;
        }
        catch (RpcException failure) when (!cancellation.IsCancellationRequested)
        {
            address.IsReady = failure.StatusCode switch
            {
                StatusCode.Unavailable => false,
                StatusCode.DeadlineExceeded or StatusCode.Cancelled => address.IsReady,

                // It answers, but not to this question.
                _ => true,
            };
        }
    }

    private GrpcChannel Channel(Uri address)
    {
        lock (_channels)
        {
            return _channels.TryGetValue(address, out var known) ? known : _channels[address] = GrpcChannel.ForAddress(address);
        }
    }
}
