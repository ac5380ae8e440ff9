using System.Text.RegularExpressions;

namespace FoodDelivery.Tests.Architecture.Settings;

/// <summary>The settings of a page's tables: in the first column names, of which one like <c>:Name</c> has its section from the one before; in the second their defaults.</summary>
internal static partial class DocumentedSettings
{
    /// <summary>Each with its default, null where the page says it in words or differently by environment.</summary>
    public static IEnumerable<(string Key, string? Default)> Of(string page) =>
        page.Split('\n').Where(static line => line.StartsWith("| `", StringComparison.Ordinal)).SelectMany(Row);

    private static IEnumerable<(string Key, string? Default)> Row(string line)
    {
        var cells = line.Split('|');
        var (keys, defaults) = (Keys(cells[1]).ToList(), Parenthesis().Replace(cells[2], "").Split(','));
        return keys.Select((key, place) => (key, defaults.Length == keys.Count ? Constant(defaults[place]) : null)).Where(static one => IsWhole().IsMatch(one.key));
    }

    private static IEnumerable<string> Keys(string cell)
    {
        var section = "";
        foreach (var name in Code().Matches(cell).Select(static code => code.Groups["code"].Value).Where(static name => !name.StartsWith("--", StringComparison.Ordinal)))
        {
            var key = name.StartsWith(':') ? section + name : name;
            section = key.LastIndexOf(':') is > 0 and var end ? key[..end] : key;
            yield return key;
        }
    }

    // "`10`", "`10` seconds" and nothing are constants; "Development: `x`" and "`x` outside Development" are not.
    private static string? Constant(string element) =>
        element.Trim() is not { Length: > 0 } text ? ""
        : text.StartsWith('`') && !text.Contains("Development", StringComparison.Ordinal) ? Code().Match(text).Groups["code"].Value
        : null;

    [GeneratedRegex("`(?<code>[^`]+)`", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Code();

    [GeneratedRegex(@"\([^)]*\)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Parenthesis();

    [GeneratedRegex(@"^\w+(:\w+)+$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex IsWhole();
}
