using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace FoodDelivery.Platform.Hosting.Metrics;

/// <summary>One instrument's series, one for each combination of labels.</summary>
internal sealed class Family
{
    private const int MostSeries = 2000;

    private readonly ConcurrentDictionary<Tags, Series> _series = new(new Tags.Comparer());
    private readonly ConcurrentDictionary<Tags, Series>.AlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>> _lookup;
    private readonly Func<Series> _make;
    private readonly string _type;
    private readonly string? _help;

    public Family(Instrument instrument)
    {
        (_type, _make) = Shape(instrument);
        _help = instrument.Description;
        _lookup = _series.GetAlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>>();
        Name = NameOf(instrument);
    }

    public string Name { get; }

    public static string NameOf(Instrument instrument) => MetricName.Of(instrument.Name, instrument.Unit, Shape(instrument).Type is "counter");

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (_lookup.TryGetValue(tags, out var series))
        {
            series.Record(value);
        }
        else if (_series.Count < MostSeries)
        {
            // A label with endless values must not eat the memory.
            _series.GetOrAdd(new Tags(tags), static (_, make) => make(), _make).Record(value);
        }
    }

    public void Write(TextPage page)
    {
        page.Head(Name, _type, _help);
        foreach (var (tags, series) in _series)
            series.Write(page, Name, tags);
    }

    private static (string Type, Func<Series> Make) Shape(Instrument instrument)
    {
        var type = instrument.GetType();
        var kind = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        if (kind == typeof(Histogram<>))
        {
            var bounds = Bounds.Of(instrument);
            return ("histogram", () => new Distribution(bounds));
        }

        var counter = kind == typeof(Counter<>) || kind == typeof(ObservableCounter<>);
        return instrument.IsObservable || kind == typeof(Gauge<>)
            ? (counter ? "counter" : "gauge", static () => new Latest())
            : (counter ? "counter" : "gauge", static () => new Sum());
    }
}

/// <summary>One line, or for a histogram one block of lines, of the page.</summary>
internal abstract class Series
{
    public abstract void Record(double value);

    public abstract void Write(TextPage page, string name, Tags tags);

    protected static void Add(ref double sum, double value)
    {
        var seen = Volatile.Read(ref sum);
        while (true)
        {
            var before = Interlocked.CompareExchange(ref sum, seen + value, seen);
            if (before.Equals(seen))
                return;

            seen = before;
        }
    }
}

/// <summary>A counter, or an up-down counter: what was added to it.</summary>
internal sealed class Sum : Series
{
    private double _sum;

    public override void Record(double value) => Add(ref _sum, value);

    public override void Write(TextPage page, string name, Tags tags) => page.Line(name, tags, null, Volatile.Read(ref _sum));
}

/// <summary>A gauge, or an observed counter, which tells its whole sum each time: what was seen last.</summary>
internal sealed class Latest : Series
{
    private double _latest;

    public override void Record(double value) => Volatile.Write(ref _latest, value);

    public override void Write(TextPage page, string name, Tags tags) => page.Line(name, tags, null, Volatile.Read(ref _latest));
}

/// <summary>A histogram: how many values were at most as large as each bound.</summary>
internal sealed class Distribution(double[] bounds) : Series
{
    private readonly long[] _counts = new long[bounds.Length + 1];
    private double _sum;

    public override void Record(double value)
    {
        var bucket = Array.BinarySearch(bounds, value);
        Interlocked.Increment(ref _counts[bucket < 0 ? ~bucket : bucket]);
        Add(ref _sum, value);
    }

    public override void Write(TextPage page, string name, Tags tags)
    {
        long count = 0;
        for (var i = 0; i < _counts.Length; i++)
        {
            count += Interlocked.Read(ref _counts[i]);
            page.Line(name + "_bucket", tags, i < bounds.Length ? TextPage.Number(bounds[i]) : "+Inf", count);
        }

        page.Line(name + "_sum", tags, null, Volatile.Read(ref _sum));
        page.Line(name + "_count", tags, null, count);
    }
}

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
