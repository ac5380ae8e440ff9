using System.Diagnostics.Metrics;
using System.Net;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy;

namespace FoodDelivery.Services.Gateway.Routes;

/// <summary>
/// Believes a replica that says it is not ready, or refuses the connection, at once: a replica on its way out serves for three more seconds and no
/// longer. One that is only slow to answer, as on a busy machine, has three probes.
/// </summary>
internal sealed class ReadinessPolicy(IDestinationHealthUpdater updater) : IActiveHealthCheckPolicy
{
    public const string PolicyName = "Readiness";

    private const int Patience = 3;

    private readonly ConditionalWeakTable<DestinationState, StrongBox<int>> _silences = [];

    public string Name => PolicyName;

    public void ProbingCompleted(ClusterState cluster, IReadOnlyList<DestinationProbingResult> probingResults) => updater.SetActive(
        cluster, [.. probingResults.Select(result => new NewActiveDestinationHealth(result.Destination, Judge(result)))]);

    private DestinationHealth Judge(DestinationProbingResult result)
    {
        var silences = _silences.GetValue(result.Destination, static _ => new StrongBox<int>());
        if (result.Exception is OperationCanceledException && ++silences.Value < Patience)
            return result.Destination.Health.Active;

        if (result.Response?.IsSuccessStatusCode == true)
        {
            silences.Value = 0;
            return DestinationHealth.Healthy;
        }

        return DestinationHealth.Unhealthy;
    }
}

/// <summary>
/// Believes a replica that asks to connect elsewhere as it answers, which it does on its way out, before the next probe does: the last requests that it gets are
/// those that it can still answer. A probe says when it is back. Refusals do not count, since a stranger can provoke one that ends the connection.
/// </summary>
internal static class DepartureNotice
{
    public static ValueTask Observe(ResponseTransformContext context)
    {
        if (context.ProxyResponse is { Headers.ConnectionClose: true, StatusCode: < HttpStatusCode.BadRequest }
            && context.HttpContext.GetReverseProxyFeature() is { ProxiedDestination: { } leaving, Route.Cluster: { } cluster })
        {
            context.HttpContext.RequestServices.GetRequiredService<IDestinationHealthUpdater>()
                .SetActive(cluster, [new NewActiveDestinationHealth(leaving, DestinationHealth.Unhealthy)]);
        }

        return ValueTask.CompletedTask;
    }
}

/// <summary>Shows how many replicas of each service would be sent a call now: whoever replaces them one after the other waits for this, and a service with none is down.</summary>
internal sealed class ReplicaMetrics(IProxyStateLookup proxy, IMeterFactory meters) : IHostedService
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
