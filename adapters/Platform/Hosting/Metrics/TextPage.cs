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
