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
