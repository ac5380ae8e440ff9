using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using FoodDelivery.Platform.Hosting.Security;
using FoodDelivery.Platform.Hosting.Startup;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FoodDelivery.Platform.Hosting.Metrics;

/// <summary>The page that Prometheus reads.</summary>
internal static class MetricsPage
{
    /// <summary>Whether it is read without a token, as where nobody but the scraper can reach the port.</summary>
    private const string OpenKey = "Metrics:Open";

    public static IServiceCollection AddMetricsPage(this IServiceCollection services) => services.AddMetrics().AddSingleton<Measurements>();

    public static void MapMetricsPage(this IEndpointRouteBuilder endpoints)
    {
        // Asked for here, it listens from the start and not from the first scrape.
        var measurements = endpoints.ServiceProvider.GetRequiredService<Measurements>();
        var page = endpoints.MapGet("/metrics", () => Results.Text(measurements.Page(), TextPage.ContentType)).ExcludeFromDescription().DisableRateLimiting();
        if (Setting.Flag(endpoints.ServiceProvider.GetRequiredService<IConfiguration>(), OpenKey, otherwise: endpoints.ServiceProvider.GetRequiredService<IHostEnvironment>().IsDevelopment()))
            page.AllowWithoutToken();
    }
}

/// <summary>Gathers what the process measures: the platform's meters and ours, but of a host that shares the process only its own.</summary>
internal sealed class Measurements : IDisposable
{
    private static readonly string[] Wanted =
        ["fooddelivery", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime", "System.Net.Http", "Polly"];

    private readonly ConcurrentDictionary<string, Family> _families = new(StringComparer.Ordinal);
    private readonly MeterListener _listener = new();

    public Measurements(IMeterFactory own)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if ((instrument.Meter.Scope is null || instrument.Meter.Scope == own)
                && Array.Exists(Wanted, prefix => instrument.Meter.Name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
            {
                listener.EnableMeasurementEvents(instrument, _families.GetOrAdd(Family.NameOf(instrument), static (_, first) => new Family(first), instrument));
            }
        };
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, family) => ((Family)family!).Record(value, tags));
        _listener.SetMeasurementEventCallback<float>(static (_, value, tags, family) => ((Family)family!).Record(value, tags));
        _listener.SetMeasurementEventCallback<decimal>(static (_, value, tags, family) => ((Family)family!).Record((double)value, tags));
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, family) => ((Family)family!).Record(value, tags));
        _listener.SetMeasurementEventCallback<int>(static (_, value, tags, family) => ((Family)family!).Record(value, tags));
        _listener.SetMeasurementEventCallback<short>(static (_, value, tags, family) => ((Family)family!).Record(value, tags));
        _listener.SetMeasurementEventCallback<byte>(static (_, value, tags, family) => ((Family)family!).Record(value, tags));
        _listener.Start();
    }

    /// <summary>Asks the observed instruments, and writes everything.</summary>
    public string Page()
    {
        _listener.RecordObservableInstruments();
        var page = new TextPage();
        foreach (var family in _families.Values.OrderBy(static family => family.Name, StringComparer.Ordinal))
            family.Write(page);

        return page.ToString();
    }

    public void Dispose() => _listener.Dispose();
}
