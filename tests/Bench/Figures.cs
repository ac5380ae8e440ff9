using System.Globalization;

namespace FoodDelivery.Tests.Bench;

/// <summary>Prints what was measured: a sentence for people, and a plain line for programs.</summary>
internal static class Figures
{
    public static void Print(string name, double value, string meaning)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-24} {value,12:0.###}   {meaning}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"figure {name} {value:0.###}"));
    }

    public static void Print(string name, LoadResult result, string meaning)
    {
        Print($"{name}_per_s", result.Rate, meaning);
        Print($"{name}_p50_ms", result.Percentile(0.50), "median latency");
        Print($"{name}_p99_ms", result.Percentile(0.99), "99th percentile of latency");
    }

    /// <summary>The middle one.</summary>
    public static double Median(this IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
