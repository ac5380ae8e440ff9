using System.Globalization;

namespace FoodDelivery.Tests.Architecture.Settings;

/// <summary>The page of settings says what the code does.</summary>
public sealed class SettingsPageTests
{
    private static readonly IReadOnlyList<string> Sources =
    [
        .. new[] { "adapters", "services", "domain", "deploy/local" }
            .SelectMany(static floor => Directory.EnumerateFiles(Path.Combine(House.Root, floor), "*", SearchOption.AllDirectories))
            .Where(static file => Path.GetExtension(file) is ".cs" or ".sh" or "" && !file.Split('/', '\\').Intersect(["bin", "obj", "data", "artifacts"]).Any())
            .Select(File.ReadAllText),
    ];

    private static readonly string Page = File.ReadAllText(Path.Combine(House.Root, "docs", "settings.md"));

    [Fact]
    public void Every_setting_that_is_read_is_on_the_page() => Assert.Empty(Unmentioned(Page, Sources));

    [Fact]
    public void Every_setting_on_the_page_is_read() => Assert.Empty(Unread(Page, Sources));

    [Fact]
    public void The_page_has_the_defaults_of_the_code() => Assert.Empty(Different(Page, Sources));

    [Fact]
    public void Enough_is_compared_to_mean_something() => Assert.True(Compared(Page, Sources).Count() > 60);

    [Theory]
    [InlineData("| `Soup:Salt` | `3` | |", "Soup:Salt is 2 and not 3")]
    [InlineData("| `Soup:Pepper`, `:Salt` | `1`, `4` | |", "Soup:Salt is 2 and not 4")]
    [InlineData("| `Soup:Boils` | `00:00:10` | |", "Soup:Boils is 00:00:05 and not 00:00:10")]
    [InlineData("| `Pot:Lid` | | |", "Pot:Lid is true and not ")]
    public void Another_default_is_seen(string planted, string difference) => Assert.Equal([difference], Different(planted, [Soup]));

    [Fact]
    public void What_is_missing_on_either_side_is_seen()
    {
        Assert.Equal(["Pot:Lid", "Soup:Boils"], Unmentioned("| `Soup:Salt`, `:Herb` | `2`, `Thyme` | |", [Soup]).Order(StringComparer.Ordinal));
        Assert.Equal(["Soup:Sugar"], Unread("| `Soup:Sugar`, `Soup:Salt` | `1`, `2` | |", [Soup]));
    }

    private const string Soup = """
        class SoupOptions
        {
            public const string Section = "Soup";
            public int Salt { get; set; } = 2;
            public Herbs Herb { get; set; } = Herbs.Thyme;
            public TimeSpan Boils { get; set; } = TimeSpan.FromSeconds(5);
            var lid = Setting.Flag(configuration, "Pot:Lid", otherwise: true);
        }
        """;

    private static IEnumerable<string> Unmentioned(string page, IReadOnlyCollection<string> sources) =>
        CodedSettings.Of(sources).Keys.Except(DocumentedSettings.Of(page).Select(static one => one.Key), StringComparer.OrdinalIgnoreCase);

    // As a property of a bound class, whole, or as its section and its name.
    private static IEnumerable<string> Unread(string page, IReadOnlyCollection<string> sources)
    {
        var coded = CodedSettings.Of(sources);
        var all = string.Join('\n', sources);
        return DocumentedSettings.Of(page).Select(static one => one.Key).Where(documented =>
        {
            // One of a list, one of a dictionary.
            var key = documented.Replace(":0:", ":", StringComparison.Ordinal).Replace(":NAME", "", StringComparison.Ordinal);
            var end = key.LastIndexOf(':');
            return !coded.ContainsKey(key) && !all.Contains(key, StringComparison.Ordinal)
                && !(all.Contains($"\"{key[..end]}\"", StringComparison.Ordinal) && all.Contains($"\"{key[(end + 1)..]}\"", StringComparison.Ordinal))
                && !all.Contains($"{{name}}:{key[(end + 1)..]}", StringComparison.Ordinal);
        });
    }

    private static IEnumerable<string> Different(string page, IReadOnlyCollection<string> sources) =>
        Compared(page, sources).Where(static one => Plain(one.Code) != Plain(one.Page)).Select(static one => $"{one.Key} is {one.Code} and not {one.Page}");

    private static IEnumerable<(string Key, string Code, string Page)> Compared(string page, IReadOnlyCollection<string> sources)
    {
        var coded = CodedSettings.Of(sources);
        return from one in DocumentedSettings.Of(page)
            where one.Default is not null && coded.GetValueOrDefault(one.Key) is not null
            select (one.Key, coded[one.Key]!, one.Default!);
    }

    private static string Plain(string value) =>
        value.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(value, CultureInfo.InvariantCulture, out var time) ? time.ToString("c")
        : decimal.TryParse(value, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number.ToString("0.####", CultureInfo.InvariantCulture)
        : value;
}
