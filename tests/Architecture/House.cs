using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace FoodDelivery.Tests.Architecture;

/// <summary>The house as its project files describe it.</summary>
internal sealed record House(IReadOnlyList<Room> Rooms)
{
    private static readonly string[] Floors = ["protos", "domain", "adapters", "services"];

    /// <summary>The checkout that the tests were built from.</summary>
    public static string Root { get; } = FindRoot();

    public static House Read() => new(
    [
        .. Floors.SelectMany(floor => Directory.EnumerateFiles(Path.Combine(Root, floor), "*.csproj", SearchOption.AllDirectories))
            .Select(Room.Read),
    ]);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "FoodDelivery.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run inside a checkout.");

        return folder.FullName;
    }
}

/// <summary>One project.</summary>
/// <param name="Path">Its folder from the root: <c>adapters/Ordering</c>.</param>
/// <param name="References">The folders of the projects that it references.</param>
/// <param name="Packages">The packages and frameworks that it references.</param>
/// <param name="Storages">The kinds of storage that its sources name: <c>Sqlite</c>, <c>Postgres</c>, <c>Redis</c>.</param>
internal sealed partial record Room(string Path, IReadOnlyList<string> References, IReadOnlyList<string> Packages, IReadOnlyList<string> Storages)
{
    public static Room Read(string file)
    {
        var folder = System.IO.Path.GetDirectoryName(file)!;
        var project = XDocument.Load(file);
        return new Room(
            FromRoot(folder),
            [.. Includes(project, "ProjectReference").SelectMany(path => Folders(System.IO.Path.GetDirectoryName(path)!, folder)).Select(FromRoot).Except([FromRoot(folder)])],
            [.. Includes(project, "PackageReference"), .. Includes(project, "FrameworkReference"), .. Includes(project, "Reference")],
            [.. Sources(folder).SelectMany(static file => Storage().Matches(File.ReadAllText(file)).Select(static match => match.Groups["kind"].Value)).Distinct(StringComparer.Ordinal)]);
    }

    // As MSBuild reads it: "../*" is every folder beside this one that has a project.
    private static IEnumerable<string> Folders(string path, string from) => System.IO.Path.GetFileName(path) is "*"
        ? Directory.EnumerateDirectories(System.IO.Path.GetFullPath(System.IO.Path.GetDirectoryName(path)!, from)).Where(static folder => Directory.EnumerateFiles(folder, "*.csproj").Any())
        : [System.IO.Path.GetFullPath(path, from)];

    private static IEnumerable<string> Sources(string folder) => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
        .Where(static file => !file.Replace('\\', '/').Contains("/obj/", StringComparison.Ordinal));

    [GeneratedRegex(@"FoodDelivery\.Platform\.Storage\.(?<kind>Sqlite|Postgres|Redis)\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Storage();

    private static IEnumerable<string> Includes(XDocument project, string element) =>
        project.Descendants(element).Select(reference => reference.Attribute("Include")?.Value).OfType<string>();

    private static string FromRoot(string folder) => System.IO.Path.GetRelativePath(House.Root, folder).Replace('\\', '/');
}
