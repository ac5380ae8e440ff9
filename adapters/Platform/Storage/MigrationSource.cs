using System.Reflection;
using System.Text.RegularExpressions;

namespace FoodDelivery.Platform.Storage;

/// <summary>An assembly that owns tables: its embedded files <c>…/{folder}/{provider}/0001_name.sql</c>.</summary>
/// <param name="Owner">The name under which they are remembered as applied; it must never change.</param>
/// <param name="Assembly">Where they are embedded.</param>
/// <param name="Folder">Their folder; tells two databases of one assembly apart.</param>
public sealed partial record MigrationSource(string Owner, Assembly Assembly, string Folder = "Migrations")
{
    /// <summary>The migrations for one kind of database, in order.</summary>
    /// <exception cref="InvalidOperationException">There is none, or a number is missing or taken twice.</exception>
    public IReadOnlyList<Migration> For(string provider)
    {
        var migrations = Assembly.GetManifestResourceNames()
            .Select(resource => (Resource: resource, File: FileName(resource, $".{Folder}.{provider}.")))
            .Where(static found => found.File is not null)
            .Select(found => Read(found.Resource, found.File!))
            .OrderBy(static migration => migration.Number)
            .ToList();
        if (migrations.Count == 0 || migrations.Where(static (migration, index) => migration.Number != index + 1).Any())
        {
            throw new InvalidOperationException(
                $"{Assembly.GetName().Name} must embed {Folder}/{provider}/0001_name.sql, 0002_…, without a gap; it has "
                + (migrations.Count == 0 ? "none." : string.Join(", ", migrations.Select(static migration => migration.Number)) + "."));
        }

        return migrations;
    }

    private static string? FileName(string resource, string folder) =>
        resource.IndexOf(folder, StringComparison.Ordinal) is >= 0 and var at ? resource[(at + folder.Length)..] : null;

    private Migration Read(string resource, string file)
    {
        var match = Numbered().Match(file);
        if (!match.Success)
            throw new InvalidOperationException($"The migration {file} of {Assembly.GetName().Name} is not named like 0001_name.sql.");

        using var reader = new StreamReader(Assembly.GetManifestResourceStream(resource)!);
        return new Migration(Owner, int.Parse(match.Groups["number"].ValueSpan), match.Groups["name"].Value, reader.ReadToEnd());
    }

    [GeneratedRegex(@"^(?<number>\d{4})_(?<name>[a-z0-9_]+)\.sql$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Numbered();
}
