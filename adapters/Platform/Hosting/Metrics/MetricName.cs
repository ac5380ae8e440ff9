namespace FoodDelivery.Platform.Hosting.Metrics;

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
