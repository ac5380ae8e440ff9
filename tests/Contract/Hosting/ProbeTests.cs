using System.Diagnostics.Metrics;
using System.Net;
using System.Text.Json;
using FoodDelivery.Platform.Hosting.Health;
using FoodDelivery.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FoodDelivery.Tests.Contract.Hosting;

public sealed class ProbeTests
{
    [Fact]
    public async Task A_service_is_not_ready_before_it_has_warmed_up_and_is_if_that_failed()
    {
        var gone = new TaskCompletionSource();
        await using var service = await RunningService.With(
            builder => builder.Services.AddWarmUp("warm", (_, _) => gone.Task), static _ => { });

        var before = await service.Rest.GetAsync(new Uri("/healthz/ready", UriKind.Relative));
        Assert.Equal("not ready", Json(await before.Content.ReadAsStringAsync()).GetProperty("checks").GetProperty("warm").GetString());

        gone.SetException(new InvalidOperationException("nobody there"));
        await Eventually.Holds(async () => Assert.Equal(HttpStatusCode.OK, (await service.Rest.GetAsync(new Uri("/healthz/ready", UriKind.Relative))).StatusCode));
    }

    [Fact]
    public async Task A_warm_up_that_the_stop_cuts_off_is_no_failure_of_the_service()
    {
        var begun = new TaskCompletionSource();
        IReadOnlyList<BackgroundService> running = [];
        await using (var service = await RunningService.With(
            builder => builder.Services.AddWarmUp("warm", async (_, stop) =>
            {
                begun.SetResult();
                await Task.Delay(Timeout.Infinite, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                throw new InvalidOperationException("cut off");
            }),
            app => running = [.. app.Services.GetServices<IHostedService>().OfType<BackgroundService>()]))
        {
            await begun.Task.WaitAsync(TimeSpan.FromSeconds(30));
        }

        Assert.NotEmpty(running);
        Assert.DoesNotContain(running, static one => one.ExecuteTask is { IsFaulted: true });
    }

    [Fact]
    public async Task A_service_is_ready_when_everything_it_needs_is_there()
    {
        var caughtUp = false;
        await using var service = await RunningService.With(
            builder => builder.Services.AddReadiness("menus", _ => caughtUp), static _ => { });

        var before = await service.Rest.GetAsync(new Uri("/healthz/ready", UriKind.Relative));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, before.StatusCode);
        Assert.Equal("not ready", Json(await before.Content.ReadAsStringAsync()).GetProperty("checks").GetProperty("menus").GetString());
        Assert.Equal(HttpStatusCode.OK, (await service.Rest.GetAsync(new Uri("/healthz/live", UriKind.Relative))).StatusCode);

        caughtUp = true;
        await Eventually.Holds(async () => Assert.Equal(HttpStatusCode.OK, (await service.Rest.GetAsync(new Uri("/healthz/ready", UriKind.Relative))).StatusCode));
        Assert.Equal("""{"status":"UP"}""", await service.Rest.GetStringAsync(new Uri("/actuator/health", UriKind.Relative)));
    }

    [Fact]
    public async Task A_condition_that_fails_or_hangs_is_not_met()
    {
        await using var service = await RunningService.With(
            builder => builder.Services
                .AddReadiness("broken", bool (_) => throw new InvalidOperationException())
                .AddReadiness("slow", async (_, cancellation) =>
                {
                    await Task.Delay(Timeout.Infinite, cancellation);
                    return true;
                }),
            static _ => { });

        var answer = await service.Rest.GetAsync(new Uri("/healthz/ready", UriKind.Relative));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
    }

    [Fact]
    public async Task The_metrics_page_shows_what_was_measured_and_how_it_was_labelled()
    {
        await using var service = await RunningService.With(app => app.MapGet("/orders/{id}", (int id) => id));
        var meter = service.App.Services.GetRequiredService<IMeterFactory>().Create("fooddelivery.test");
        meter.CreateCounter<long>("fooddelivery.orders.placed", description: "Orders\nplaced.").Add(3, new KeyValuePair<string, object?>("store \"한\"", "a\"b\\c\n"));
        var queue = meter.CreateUpDownCounter<int>("fooddelivery.queue");
        queue.Add(5);
        queue.Add(-2);
        meter.CreateObservableGauge("fooddelivery.lag", static () => 7.5, unit: "s");
        var duration = meter.CreateHistogram("fooddelivery.duration", "s", null, null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 1] });
        duration.Record(0.1);
        duration.Record(0.5);
        duration.Record(5);
        await service.Rest.GetAsync(new Uri("/orders/1", UriKind.Relative));

        await Eventually.Holds(async () => Assert.Contains("http_server_request_duration_seconds_count{", await Page(service), StringComparison.Ordinal));

        var page = await Page(service);
        Assert.Contains("# HELP fooddelivery_orders_placed_total Orders\\nplaced.\n# TYPE fooddelivery_orders_placed_total counter\n", page, StringComparison.Ordinal);
        Assert.Contains("fooddelivery_orders_placed_total{store____=\"a\\\"b\\\\c\\n\"} 3\n", page, StringComparison.Ordinal);
        Assert.Contains("fooddelivery_queue 3\n", page, StringComparison.Ordinal);
        Assert.Contains("# TYPE fooddelivery_lag_seconds gauge\nfooddelivery_lag_seconds 7.5\n", page, StringComparison.Ordinal);
        Assert.Contains("fooddelivery_duration_seconds_bucket{le=\"0.1\"} 1\n", page, StringComparison.Ordinal);
        Assert.Contains("fooddelivery_duration_seconds_bucket{le=\"1\"} 2\n", page, StringComparison.Ordinal);
        Assert.Contains("fooddelivery_duration_seconds_bucket{le=\"+Inf\"} 3\n", page, StringComparison.Ordinal);
        Assert.Contains("fooddelivery_duration_seconds_sum 5.6\n", page, StringComparison.Ordinal);
        Assert.Contains("http_route=\"/orders/{id}\"", page, StringComparison.Ordinal);
        Assert.Contains("\ndotnet_process_memory_working_set_bytes ", page, StringComparison.Ordinal);
        Assert.Contains("\ndotnet_thread_pool_thread_count", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_API_describes_itself_and_can_be_tried()
    {
        await using var service = await RunningService.With(app => app.MapGet("/orders/{id}", (int id) => new Described(id, default)));

        var description = Json(await service.Rest.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)));
        Assert.True(description.GetProperty("paths").TryGetProperty("/orders/{id}", out _));
        var fields = description.GetProperty("components").GetProperty("schemas").GetProperty("Described").GetProperty("properties");
        Assert.Equal("""{"type":"integer","format":"int64"}""", Compact(fields.GetProperty("orderId")));
        Assert.Equal("string", fields.GetProperty("placedAt").GetProperty("type").GetString());
        Assert.Contains("swagger-ui", await service.Rest.GetStringAsync(new Uri("/swagger/index.html", UriKind.Relative)), StringComparison.Ordinal);
        Assert.True((await service.Rest.GetAsync(new Uri("/swagger/swagger-ui-bundle.js", UriKind.Relative))).IsSuccessStatusCode);
    }

    [Fact]
    public async Task A_service_that_stops_says_so_first_and_lets_calls_in_flight_finish()
    {
        var entered = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        await using var service = await RunningService.With(
            app => app.MapGet("/slow", async () =>
            {
                entered.SetResult();
                await release.Task;
                return "done";
            }),
            "--Shutdown:DrainDelay=0.5");
        var slow = service.Rest.GetStringAsync(new Uri("/slow", UriKind.Relative));
        await entered.Task.WaitAsync(TimeSpan.FromSeconds(10));

        var stopped = service.App.StopAsync();

        await Eventually.Holds(async () => Assert.Equal(
            HttpStatusCode.ServiceUnavailable, (await service.Rest.GetAsync(new Uri("/healthz/ready", UriKind.Relative))).StatusCode));
        release.SetResult();
        Assert.Equal("done", await slow);
        await stopped.WaitAsync(TimeSpan.FromSeconds(10));
    }

    private static string Compact(JsonElement element) => JsonSerializer.Serialize(element);

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    private static Task<string> Page(RunningService service) => service.Rest.GetStringAsync(new Uri("/metrics", UriKind.Relative));

    private sealed record Described(long OrderId, DateTimeOffset PlacedAt);
}
