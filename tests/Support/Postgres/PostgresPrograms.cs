namespace FoodDelivery.Tests.Support.Postgres;

/// <summary>Finds a PostgreSQL server's programs, which Debian keeps off the path.</summary>
internal static class PostgresPrograms
{
    private const int Oldest = 15;

    /// <summary>The folder of the newest; null if there is none.</summary>
    public static string? Folder { get; } = Find();

    public static string? Missing => Folder is null ? $"PostgreSQL {Oldest} or later is not installed (Debian: apt-get install postgresql)" : null;

    private static string? Find()
    {
        const string debian = "/usr/lib/postgresql";
        var installed = !Directory.Exists(debian) ? [] : Directory.EnumerateDirectories(debian)
            .Where(static folder => int.TryParse(Path.GetFileName(folder), out var version) && version >= Oldest)
            .OrderByDescending(static folder => int.Parse(Path.GetFileName(folder)))
            .Select(static folder => Path.Combine(folder, "bin"));
        return installed.Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
            .FirstOrDefault(static folder => Has(folder, "initdb") && Has(folder, "postgres"));
    }

    // A link that leads nowhere any more exists, and yet cannot be run.
    private static bool Has(string folder, string program) =>
        new FileInfo(Path.Combine(folder, program)) is { Exists: true } file && file.ResolveLinkTarget(returnFinalTarget: true) is not { Exists: false };
}
