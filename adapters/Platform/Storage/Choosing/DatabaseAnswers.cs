using Dapper;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FoodDelivery.Platform.Storage.Choosing;

/// <summary>Whether the database answers at all: part of a service's readiness.</summary>
internal sealed class DatabaseAnswers(IOpenedDatabase database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await database.Read(
            connection => connection.ExecuteScalarAsync<long>(new CommandDefinition("select 1", cancellationToken: cancellationToken)), cancellationToken) == 1
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy();
}
