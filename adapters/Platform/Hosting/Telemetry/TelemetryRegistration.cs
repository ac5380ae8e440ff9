using System.Diagnostics.Metrics;
using FoodDelivery.Platform.Hosting.Security;
using FoodDelivery.Platform.Hosting.Startup;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace FoodDelivery.Platform.Hosting.Telemetry;

/// <summary>Metrics by OpenTelemetry: a page that Prometheus reads, and to a collector where the standard's variables name one; traces go there as well.</summary>
internal static class TelemetryRegistration
{
    /// <summary>Whether the page is read without a token, as where nobody but the scraper can reach the port.</summary>
    private const string OpenKey = "Metrics:Open";

    private static readonly double[] Seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 10];

    public static IServiceCollection AddTelemetry(this IServiceCollection services, string service, IConfiguration configuration)
    {
        // A label with endless values must not eat the memory; and each instrument sets memory aside for so many series from the start.
        var maxSeries = Setting.WholeNumber(configuration, "Metrics:MaxSeries", 1000, 10, 100_000);
        services.AddSingleton<Zeros>().ConfigureOpenTelemetryMeterProvider((provider, metrics) =>
            metrics.AddView(View(provider.GetRequiredService<IMeterFactory>(), maxSeries)));
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(service))
            .WithMetrics(static metrics => metrics
                .AddMeter("FoodDelivery*", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime", "System.Net.Http", "Polly")
                .AddPrometheusExporter(static page => (page.ScopeInfoEnabled, page.TargetInfoEnabled, page.ScrapeResponseCacheDurationMilliseconds) = (false, false, 0)));
        if (configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 })
        {
            AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", isEnabled: false);
            telemetry.WithTracing(static traces => traces.AddSource("FoodDelivery*", "Microsoft.AspNetCore", "System.Net.Http", "Npgsql")).UseOtlpExporter();
        }

        return services;
    }

    public static void MapMetricsPage(this IEndpointRouteBuilder endpoints)
    {
        var services = endpoints.ServiceProvider;

        // In the older text format, whatever the scraper prefers: OpenMetrics would add a series of its beginning to each.
        var page = endpoints.MapPrometheusScrapingEndpoint("/metrics", meterProvider: null, static branch => branch.Use(static (context, next) =>
        {
            context.Request.Headers.Accept = default;
            return next(context);
        }), optionsName: null).WithMetadata(new HttpMethodMetadata([HttpMethods.Get])).ExcludeFromDescription().DisableRateLimiting();
        if (Setting.Flag(services.GetRequiredService<IConfiguration>(), OpenKey, otherwise: services.GetRequiredService<IHostEnvironment>().IsDevelopment()))
            page.AllowWithoutToken();

        _ = services.GetRequiredService<Zeros>();
    }

    // Of a host that shares the process, only its own.
    private static Func<Instrument, MetricStreamConfiguration?> View(IMeterFactory own, int maxSeries)
    {
        var bounded = new MetricStreamConfiguration { CardinalityLimit = maxSeries };
        var seconds = new ExplicitBucketHistogramConfiguration { CardinalityLimit = maxSeries, Boundaries = Seconds };
        return instrument =>
            instrument.Meter.Scope is { } scope && scope != own ? MetricStreamConfiguration.Drop
            : instrument is Histogram<double> { Unit: "s", Advice: null } ? seconds
            : bounded;
    }
}

/// <summary>Counters begin with a zero, so that they are on the page before the first event, and that one is an increase.</summary>
internal sealed class Zeros : IDisposable
{
    private readonly MeterListener _listener = new();

    public Zeros(IMeterFactory own)
    {
        _listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter.Scope is { } scope && scope != own)
                return;

            (instrument as Counter<long>)?.Add(0);
            (instrument as UpDownCounter<long>)?.Add(0);
        };
        _listener.Start();
    }

    public void Dispose() => _listener.Dispose();
}
