using Grpc.AspNetCore.HealthChecks;
using Grpc.Core;
using Grpc.Health.V1;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace FoodDelivery.Platform.GrpcRuntime.Health;

/// <summary>Answers probes by the registered health checks.</summary>
sealed class HealthByChecks(
    HealthCheckService checks,
    PublishedHealth published,
    IOptions<GrpcHealthChecksOptions> options,
    IOptions<HealthCheckOptions> checkOptions,
    IHostApplicationLifetime lifetime) : Grpc.Health.V1.Health.HealthBase
{
    public override async Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context)
    {
        var status = options.Value.UseHealthChecksCache
            ? published.Get(request.Service).Status
            : await CheckNowAsync(request.Service, context.CancellationToken);
        return new HealthCheckResponse { Status = status ?? throw new RpcException(new Status(StatusCode.NotFound, "")) };
    }

    public override async Task Watch(HealthCheckRequest request, IServerStreamWriter<HealthCheckResponse> responseStream, ServerCallContext context)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        var (status, next) = published.Get(request.Service);
        if (!options.Value.UseHealthChecksCache)
        {
            status = await CheckNowAsync(request.Service, ending.Token);
        }

        ServingStatus? told = null;
        while (!ending.IsCancellationRequested)
        {
            var current = status ?? ServingStatus.ServiceUnknown;
            if (current != told)
            {
                await responseStream.WriteAsync(new HealthCheckResponse { Status = current }, ending.Token);
                told = current;
            }

            await next.WaitAsync(ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            (status, next) = published.Get(request.Service);
        }

        // Whoever watches shall look elsewhere, and the server's end shall not wait for them.
        if (!context.CancellationToken.IsCancellationRequested)
        {
            throw new RpcException(new Status(StatusCode.Unavailable, "The server is shutting down."));
        }
    }

    async Task<ServingStatus?> CheckNowAsync(string service, CancellationToken cancellationToken)
    {
        if (!options.Value.Services.TryGet(service, out var mapping))
        {
            return null;
        }

        var report = await checks.CheckHealthAsync(
            check => (checkOptions.Value.Predicate?.Invoke(check) ?? true) && mapping.Chooses(new HealthCheckMapContext(check.Name, check.Tags)),
            cancellationToken);
        return Verdict.Of(report.Entries.Values.Select(entry => entry.Status));
    }
}
