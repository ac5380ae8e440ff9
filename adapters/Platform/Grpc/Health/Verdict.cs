using Microsoft.Extensions.Diagnostics.HealthChecks;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace FoodDelivery.Platform.GrpcRuntime.Health;

/// <summary>Several checks' results as one state: one that is unhealthy spoils it, and nothing checked is nothing known.</summary>
static class Verdict
{
    public static ServingStatus Of(IEnumerable<HealthStatus> results)
    {
        var verdict = ServingStatus.Unknown;
        foreach (var result in results)
        {
            if (result == HealthStatus.Unhealthy)
            {
                return ServingStatus.NotServing;
            }

            verdict = ServingStatus.Serving;
        }

        return verdict;
    }
}
