using Grpc.AspNetCore.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace FoodDelivery.Platform.GrpcRuntime.Health;

/// <summary>Takes the results of each periodic run to those who watch.</summary>
sealed class HealthPublisher(PublishedHealth published, IOptions<GrpcHealthChecksOptions> options) : IHealthCheckPublisher
{
    public Task PublishAsync(HealthReport report, CancellationToken cancellationToken)
    {
        var statuses = new Dictionary<string, ServingStatus>(StringComparer.Ordinal);
        foreach (var mapping in options.Value.Services)
        {
            statuses[mapping.Name] = Verdict.Of(report.Entries
                .Where(entry => mapping.Chooses(new HealthCheckMapContext(entry.Key, entry.Value.Tags)))
                .Select(entry => entry.Value.Status));
        }

        published.Publish(statuses);
        return Task.CompletedTask;
    }
}
