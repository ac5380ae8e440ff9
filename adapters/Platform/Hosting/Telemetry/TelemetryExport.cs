using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace FoodDelivery.Platform.Hosting.Telemetry;

/// <summary>Metrics, traces and logs to an OpenTelemetry collector, where the standard's variable names one; else nothing of it is loaded.</summary>
internal static class TelemetryExport
{
    private static readonly MetricStreamConfiguration Seconds = new ExplicitBucketHistogramConfiguration
    {
        Boundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 10],
    };

    public static void Add(IServiceCollection services, string service)
    {
        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", isEnabled: false);
        services.ConfigureOpenTelemetryMeterProvider(static (provider, metrics) =>
        {
            var own = provider.GetRequiredService<IMeterFactory>();
            metrics.AddView(instrument => View(instrument, own));
        });
        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(service))
            .WithMetrics(static metrics => metrics.AddMeter(
                "FoodDelivery*", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime", "System.Net.Http", "Polly"))
            .WithTracing(static traces => traces.AddSource("FoodDelivery*", "Microsoft.AspNetCore", "System.Net.Http", "Npgsql"))
            .UseOtlpExporter();
    }

    // Of a host that shares the process, only its own.
    private static MetricStreamConfiguration? View(Instrument instrument, IMeterFactory own) =>
        instrument.Meter.Scope is { } scope && scope != own ? MetricStreamConfiguration.Drop
        : instrument is Histogram<double> { Unit: "s", Advice: null } ? Seconds
        : null;
}

/// <summary>Registers it.</summary>
internal static class TelemetryRegistration
{
    public static IServiceCollection AddTelemetryExport(this IServiceCollection services, string service, IConfiguration configuration)
    {
        if (configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 })
            TelemetryExport.Add(services, service);

        return services;
    }
}
