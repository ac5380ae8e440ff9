using System.Data.Common;
using System.Reflection;
using System.Text.RegularExpressions;
using Dapper;

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

/// <summary>One step of a schema.</summary>
/// <param name="Owner">Whose tables these are; numbers are counted per owner.</param>
/// <param name="Number">Its place in the owner's order, from 1 without a gap.</param>
/// <param name="Name">What it does, in snake_case.</param>
/// <param name="Sql">Any number of statements.</param>
public sealed record Migration(string Owner, int Number, string Name, string Sql);

/// <summary>Brings a schema up to date.</summary>
public static class Migrator
{
    private const string Table =
        """
        create table if not exists migrations (
            owner text not null,
            number bigint not null,
            name text not null,
            applied_at bigint not null,
            primary key (owner, number))
        """;

    /// <summary>
    /// Applies what has not been applied yet and remembers it. The caller holds a transaction that keeps every other process from doing
    /// the same, and commits it: so each migration happens once, whoever starts at the same time, and a crash leaves none half done.
    /// </summary>
    /// <returns>How many were applied.</returns>
    public static int Apply(DbConnection connection, DbTransaction? transaction, IEnumerable<Migration> migrations, TimeProvider clock)
    {
        connection.Execute(Table, transaction: transaction);
        var applied = connection.Query<(string Owner, long Number)>("select owner, number from migrations", transaction: transaction).ToHashSet();
        var count = 0;
        foreach (var migration in migrations)
        {
            if (applied.Add((migration.Owner, migration.Number)))
            {
                connection.Execute(migration.Sql, transaction: transaction);
                connection.Execute(
                    "insert into migrations (owner, number, name, applied_at) values (@Owner, @Number, @Name, @AppliedAt)",
                    new { migration.Owner, migration.Number, migration.Name, AppliedAt = clock.GetUtcNow().ToUnixTimeMilliseconds() },
                    transaction);
                count++;
            }
        }

        return count;
    }
}
