using Grpc.Core;
using Grpc.Health.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Xunit;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace FoodDelivery.Tests.Grpc;

public class HealthOfServers
{
    HealthStatus _database = HealthStatus.Healthy;

    Task<EchoServer> StartAsync() => EchoServer.StartAsync(
        services: services =>
        {
            services.AddGrpcHealthChecks(options =>
                {
                    options.Services.Map("ready", check => check.Tags.Contains("ready", StringComparer.Ordinal));
                    options.Services.Map("none", _ => false);
                })
                .AddCheck("self", () => HealthCheckResult.Healthy())
                .AddCheck("database", () => new HealthCheckResult(_database), tags: ["ready"]);
            services.Configure<HealthCheckPublisherOptions>(options =>
            {
                options.Delay = TimeSpan.Zero;
                options.Period = TimeSpan.FromSeconds(1);
            });
        },
        routes: application => application.MapGrpcHealthChecksService());

    [Fact]
    public async Task A_probe_runs_the_checks_that_speak_for_the_service()
    {
        await using var server = await StartAsync();
        var health = new Health.HealthClient(server.Channel);
        _database = HealthStatus.Unhealthy;

        Assert.Equal(ServingStatus.NotServing, (await health.CheckAsync(new HealthCheckRequest())).Status);
        Assert.Equal(ServingStatus.NotServing, (await health.CheckAsync(new HealthCheckRequest { Service = "ready" })).Status);
        Assert.Equal(ServingStatus.Unknown, (await health.CheckAsync(new HealthCheckRequest { Service = "none" })).Status);
        _database = HealthStatus.Degraded;
        Assert.Equal(ServingStatus.Serving, (await health.CheckAsync(new HealthCheckRequest())).Status);
    }

    [Fact]
    public async Task An_unknown_service_is_not_found()
    {
        await using var server = await StartAsync();
        var health = new Health.HealthClient(server.Channel);

        var refusal = await Assert.ThrowsAsync<RpcException>(async () => await health.CheckAsync(new HealthCheckRequest { Service = "nobody" }));
        Assert.Equal(StatusCode.NotFound, refusal.StatusCode);

        using var watch = health.Watch(new HealthCheckRequest { Service = "nobody" });
        Assert.True(await watch.ResponseStream.MoveNext());
        Assert.Equal(ServingStatus.ServiceUnknown, watch.ResponseStream.Current.Status);
    }

    [Fact]
    public async Task Who_watches_is_told_of_each_change()
    {
        await using var server = await StartAsync();
        using var watch = new Health.HealthClient(server.Channel).Watch(new HealthCheckRequest(), deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(30));

        foreach (var (database, told) in ((HealthStatus, ServingStatus)[])[
            (HealthStatus.Healthy, ServingStatus.Serving), (HealthStatus.Unhealthy, ServingStatus.NotServing), (HealthStatus.Healthy, ServingStatus.Serving)])
        {
            _database = database;
            Assert.True(await watch.ResponseStream.MoveNext());
            Assert.Equal(told, watch.ResponseStream.Current.Status);
        }
    }

    [Fact]
    public async Task A_server_that_stops_sends_the_watchers_away()
    {
        var server = await StartAsync();
        using var channel = global::Grpc.Net.Client.GrpcChannel.ForAddress(server.Http2);
        using var watch = new Health.HealthClient(channel).Watch(new HealthCheckRequest());
        Assert.True(await watch.ResponseStream.MoveNext());

        await server.DisposeAsync();

        var ended = await Assert.ThrowsAsync<RpcException>(() => watch.ResponseStream.MoveNext());
        Assert.Equal(StatusCode.Unavailable, ended.StatusCode);
    }
}
