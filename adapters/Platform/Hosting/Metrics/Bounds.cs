using System.Diagnostics.Metrics;

namespace FoodDelivery.Platform.Hosting.Metrics;

/// <summary>A histogram's buckets: what the instrument advises, else OpenTelemetry's defaults.</summary>
internal static class Bounds
{
    private static readonly double[] Seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 10];
    private static readonly double[] Others = [0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10000];

    public static double[] Of(Instrument instrument) => instrument switch
    {
        Instrument<double> { Advice.HistogramBucketBoundaries: { } advised } => [.. advised],
        Instrument<long> { Advice.HistogramBucketBoundaries: { } advised } => [.. advised.Select(static bound => (double)bound)],
        Instrument<int> { Advice.HistogramBucketBoundaries: { } advised } => [.. advised.Select(static bound => (double)bound)],
        _ => instrument.Unit is "s" ? Seconds : Others,
    };
}
