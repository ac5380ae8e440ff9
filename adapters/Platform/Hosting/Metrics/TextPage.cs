using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace FoodDelivery.Platform.Hosting.Metrics;

/// <summary>Prometheus' text format, version 0.0.4.</summary>
internal sealed class TextPage
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder _text = new(16 * 1024);

    public static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    public void Head(string name, string type, string? help)
    {
        _text.Append("# HELP ").Append(name).Append(' ').Append(Escape(help ?? "")).Append('\n');
        _text.Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n');
    }

    public void Line(string name, Tags tags, string? bound, double value)
    {
        _text.Append(name);
        var separator = '{';
        foreach (var (key, label) in tags.Pairs)
        {
            _text.Append(separator).Append(MetricName.Label(key)).Append("=\"").Append(Escape(Text(label)).Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"');
            separator = ',';
        }

        if (bound is not null)
        {
            _text.Append(separator).Append("le=\"").Append(bound).Append('"');
            separator = ',';
        }

        _text.Append(separator == ',' ? "} " : " ").Append(Number(value)).Append('\n');
    }

    public override string ToString() => _text.ToString();

    private static string Text(object? label) => label switch
    {
        null => "",
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(label, CultureInfo.InvariantCulture) ?? "",
    };

    private static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}

/// <summary>OpenTelemetry's names as Prometheus spells them: underscores, the unit, and _total for what only grows.</summary>
internal static class MetricName
{
    public static string Of(string name, string? unit, bool isCounter)
    {
        var spelt = Label(name) + Suffix(unit);
        return isCounter && !spelt.EndsWith("_total", StringComparison.Ordinal) ? spelt + "_total" : spelt;
    }

    public static string Label(string name) => string.Create(name.Length, name, static (target, source) =>
    {
        for (var i = 0; i < source.Length; i++)
            target[i] = char.IsAsciiLetterOrDigit(source[i]) ? source[i] : '_';
    });

    private static string Suffix(string? unit) => unit switch
    {
        "s" => "_seconds",
        "ms" => "_milliseconds",
        "By" => "_bytes",
        _ => "",
    };
}

/// <summary>The labels of one series; equal if they have the same names and values in the same order, as one call site gives them.</summary>
internal sealed class Tags(ReadOnlySpan<KeyValuePair<string, object?>> pairs)
{
    private readonly KeyValuePair<string, object?>[] _pairs = pairs.ToArray();

    public ReadOnlySpan<KeyValuePair<string, object?>> Pairs => _pairs;

    /// <summary>Compares with tags as they come in, so that only a new series costs memory.</summary>
    public sealed class Comparer : IEqualityComparer<Tags>, IAlternateEqualityComparer<ReadOnlySpan<KeyValuePair<string, object?>>, Tags>
    {
        public bool Equals(Tags? x, Tags? y) => x is not null && y is not null && Equals(x.Pairs, y);

        public bool Equals(ReadOnlySpan<KeyValuePair<string, object?>> alternate, Tags other)
        {
            var pairs = other.Pairs;
            if (alternate.Length != pairs.Length)
                return false;

            for (var i = 0; i < pairs.Length; i++)
            {
                if (!string.Equals(alternate[i].Key, pairs[i].Key, StringComparison.Ordinal) || !Equals(alternate[i].Value, pairs[i].Value))
                    return false;
            }

            return true;
        }

        public int GetHashCode([DisallowNull] Tags obj) => GetHashCode(obj.Pairs);

        public int GetHashCode(ReadOnlySpan<KeyValuePair<string, object?>> alternate)
        {
            var hash = default(HashCode);
            foreach (var (key, value) in alternate)
            {
                hash.Add(key.Length);
                hash.Add(value);
            }

            return hash.ToHashCode();
        }

        public Tags Create(ReadOnlySpan<KeyValuePair<string, object?>> alternate) => new(alternate);
    }
}
