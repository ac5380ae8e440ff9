using System.Runtime.CompilerServices;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

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
