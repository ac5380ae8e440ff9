using FoodDelivery.Platform.Storage.Choosing;
using FoodDelivery.Platform.Storage.Postgres.Opening;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FoodDelivery.Platform.Storage.Postgres;

/// <summary>Databases on a server, one for each service.</summary>
internal sealed class PostgresStorage(
    IOptions<StorageOptions> storage, IOptions<PostgresOptions> options, TimeProvider clock, ILogger<PostgresDatabase> logger) : IStorageProvider
{
    public string Name => PostgresDatabase.Provider;

    public IOpenedDatabase Open(string name, IReadOnlyList<MigrationSource> migrations) =>
        new PostgresDatabase(ConnectionTemplate.For(name, storage.Value.ConnectionString), options.Value, migrations, clock, logger);
}
