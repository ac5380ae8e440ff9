using Npgsql;

namespace FoodDelivery.Platform.Storage.Postgres.Opening;

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
