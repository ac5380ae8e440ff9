using FoodDelivery.Platform.Hosting.Startup;
using Npgsql;

namespace FoodDelivery.Platform.Storage.Postgres;

/// <summary>What a connection string leaves open.</summary>
internal static class ConnectionSettings
{
    private const int PreparedStatements = 200;

    public static NpgsqlConnectionStringBuilder Complete(string connectionString, PostgresOptions options)
    {
        var told = new NpgsqlConnectionStringBuilder(connectionString);
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            CommandTimeout = (int)Math.Ceiling(options.CommandTimeout.TotalSeconds),
        };
        if (!told.ShouldSerialize("Maximum Pool Size"))
            settings.MaxPoolSize = options.Connections;

        // A session keeps nothing of ours beyond its transaction: there is nothing to clear before its next use.
        settings.NoResetOnClose = !told.ShouldSerialize("No Reset On Close") || told.NoResetOnClose;

        // Parsing and planning cost more than most of our statements' execution. The texts are constants, so there are not many.
        if (!told.ShouldSerialize("Max Auto Prepare"))
        {
            settings.MaxAutoPrepare = PreparedStatements;
            settings.AutoPrepareMinUsages = 2;
        }

        return settings;
    }
}

/// <summary>The setting that says where every service's database is.</summary>
internal static class ConnectionStrings
{
    private const string Name = "{name}";
    private const string Example = "Host=localhost;Username=fooddelivery;Password=…;Database=fooddelivery_{name}";

    /// <exception cref="UnusableStorageException">It is missing, or not a connection string, or the same for all services.</exception>
    public static string For(string name, string template)
    {
        if (string.IsNullOrWhiteSpace(template))
            throw new UnusableStorageException($"Storage:Provider is Postgres, so that the setting Storage:ConnectionString is needed, such as '{Example}'.");

        try
        {
            var settings = new NpgsqlConnectionStringBuilder(template);
            if (string.IsNullOrWhiteSpace(settings.Host))
                throw new UnusableStorageException($"The setting Storage:ConnectionString names no Host; it must be like '{Example}'.");

            if (settings.Database?.Contains(Name, StringComparison.Ordinal) != true)
            {
                throw new UnusableStorageException(
                    $"The setting Storage:ConnectionString must have {Name} in its Database, since each service needs one of its own, such as '{Example}'.");
            }

            settings.Database = settings.Database.Replace(Name, name, StringComparison.Ordinal);
            return settings.ToString();
        }
        catch (Exception malformed) when (malformed is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            // Not the text itself, which may hold a password.
            throw new UnusableStorageException($"The setting Storage:ConnectionString cannot be read ({malformed.Message}); it must be like '{Example}'.", malformed);
        }
    }
}
