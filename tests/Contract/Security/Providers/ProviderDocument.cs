using System.Text.RegularExpressions;

namespace FoodDelivery.Tests.Contract.Security.Providers;

/// <summary>The table of docs/identity-providers.md: each provider's settings, as whoever sets the product up copies them.</summary>
internal static partial class ProviderDocument
{
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Rows { get; } = Read();

    private static Dictionary<string, IReadOnlyDictionary<string, string>> Read()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "FoodDelivery.sln")))
            folder = folder.Parent;
        return File.ReadLines(Path.Combine(folder.FullName, "docs", "identity-providers.md"))
            .Select(static line => Row().Match(line))
            .Where(static row => row.Success)
            .ToDictionary(
                static row => row.Groups["provider"].Value,
                static row => (IReadOnlyDictionary<string, string>)row.Groups["name"].Captures.Zip(row.Groups["value"].Captures)
                    .ToDictionary(static pair => pair.First.Value, static pair => pair.Second.Value, StringComparer.Ordinal),
                StringComparer.Ordinal);
    }

    [GeneratedRegex(@"^\| (?<provider>[^|`]+) \| (?:`(?<name>[A-Za-z:]+)=(?<value>[^`]+)` ?)+\|$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Row();
}
