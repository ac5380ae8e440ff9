using System.Globalization;
using System.Text.RegularExpressions;

namespace FoodDelivery.Tests.Architecture.Settings;

/// <summary>The settings that sources read, with the defaults that stand there as constants; null for one that depends on something.</summary>
internal static partial class CodedSettings
{
    /// <summary>Those of classes that a section is bound to, and those that are read one by one.</summary>
    public static IReadOnlyDictionary<string, string?> Of(IReadOnlyCollection<string> sources) =>
        sources.SelectMany(source => Bound(source, sources)).Concat(sources.SelectMany(Read))
            .GroupBy(static one => one.Key, StringComparer.Ordinal)
            .ToDictionary(static same => same.Key, static same => same.First().Default, StringComparer.Ordinal);

    private static IEnumerable<(string Key, string? Default)> Bound(string source, IReadOnlyCollection<string> sources)
    {
        if (OptionsClass().Match(source) is not { Success: true } options || SectionOf(options.Groups["name"].Value, source, sources) is not { } section)
            yield break;

        foreach (Match property in Property().Matches(source))
        {
            var (name, initial) = (property.Groups["name"].Value, property.Groups["initial"]);
            yield return ($"{section}:{name}", initial.Success ? Value(initial.Value, source) : Nothing(property.Groups["type"].Value));
        }
    }

    private static IEnumerable<(string Key, string? Default)> Read(string source) =>
        ReadOneByOne().Matches(source).Select(read => (read.Groups["key"].Value, Value(read.Groups["otherwise"].Value, source)));

    private static string? SectionOf(string options, string source, IEnumerable<string> sources) =>
        SectionConstant().Match(source) is { Success: true } constant
            ? constant.Groups["section"].Value
            : sources.Select(other => Between(other, $"AddOptions<{options}>().BindConfiguration(\"", "\"")).FirstOrDefault(static found => found is not null);

    private static string? Nothing(string type) => type switch
    {
        "bool" => "false",
        "int" or "long" or "short" or "double" => "0",
        _ when type.EndsWith('?') => "",
        _ => null,
    };

    // Numbers, products of numbers, texts, members of enumerations, lengths of time; and constants of the same source.
    private static string? Value(string expression, string source)
    {
        var text = expression.Trim();
        if (text.Split('*') is { Length: > 1 } factors)
            return factors.Select(factor => Number(Value(factor, source))).Aggregate((decimal?)1, static (product, factor) => product * factor)?.ToString(CultureInfo.InvariantCulture);
        if (Time().Match(text) is { Success: true } time && Number(time.Groups["length"].Value) is { } length)
            return Length(time.Groups["unit"].Value, (double)length).ToString("c");
        if (text is "string.Empty")
            return "";
        if (Number(text) is { } number)
            return number.ToString(CultureInfo.InvariantCulture);
        if (text is "true" or "false" || (text.StartsWith('"') && text.EndsWith('"')))
            return text.Trim('"');
        if (EnumerationMember().Match(text) is { Success: true } member)
            return member.Groups["member"].Value;
        return Name().IsMatch(text) && Between(source, $" {text} = ", ";") is { } constant && constant != text ? Value(constant, source) : null;
    }

    private static string? Between(string source, string start, string end) =>
        source.IndexOf(start, StringComparison.Ordinal) is >= 0 and var found && source.IndexOf(end, found + start.Length, StringComparison.Ordinal) is > 0 and var stop
            ? source[(found + start.Length)..stop]
            : null;

    private static decimal? Number(string? text) =>
        decimal.TryParse(text?.Trim().Replace("_", "", StringComparison.Ordinal), NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static TimeSpan Length(string unit, double length) => unit switch
    {
        "Milliseconds" => TimeSpan.FromMilliseconds(length),
        "Seconds" => TimeSpan.FromSeconds(length),
        "Minutes" => TimeSpan.FromMinutes(length),
        "Days" => TimeSpan.FromDays(length),
        _ => TimeSpan.FromHours(length),
    };

    [GeneratedRegex(@"(class|record) (?<name>\w+(Options|Settings))\b", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex OptionsClass();

    [GeneratedRegex("const string Section = \"(?<section>[\\w:]+)\"", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex SectionConstant();

    [GeneratedRegex(@"^    public (?<type>[\w?]+) (?<name>\w+) \{ get; (set|init); \}( = (?<initial>[^;]+);)?", RegexOptions.Multiline | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Property();

    [GeneratedRegex("Setting\\.(WholeNumber|Seconds|Flag)\\([^\"\\n]+, \"(?<key>\\w+(:\\w+)+)\", (otherwise: )?(?<otherwise>[^,)\\n]+)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex ReadOneByOne();

    [GeneratedRegex(@"^TimeSpan\.From(?<unit>Milliseconds|Seconds|Minutes|Hours|Days)\((?<length>[\d._]+)\)$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Time();

    [GeneratedRegex(@"^(?<enumeration>[A-Z]\w+)\.(?<member>[A-Z]\w+)$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex EnumerationMember();

    [GeneratedRegex(@"^\w+$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Name();
}
