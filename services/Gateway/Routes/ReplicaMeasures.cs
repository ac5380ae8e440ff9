using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Model;

namespace FoodDelivery.Services.Gateway.Routes;

/// <summary>Shows how many replicas of each service would be sent a call now: whoever replaces them one after the other waits for this, and a service with none is down.</summary>
internal sealed class ReplicaMeasures(IProxyStateLookup proxy, IMeterFactory meters) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        meters.Create("FoodDelivery.Gateway").CreateObservableGauge(
            "fooddelivery.gateway.replicas", Ready, "{replica}", "Replicas that have said that they are ready and could be talked to, by cluster.");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private IEnumerable<Measurement<int>> Ready() => proxy.GetClusters().Select(static cluster => new Measurement<int>(
        cluster.Destinations.Values.Count(static replica => replica.Health is { Active: DestinationHealth.Healthy, Passive: not DestinationHealth.Unhealthy }),
        new KeyValuePair<string, object?>("cluster", cluster.ClusterId)));
}
