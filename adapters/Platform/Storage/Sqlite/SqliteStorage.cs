using FoodDelivery.Platform.Storage.Choosing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FoodDelivery.Platform.Storage.Sqlite;

/// <summary>Databases in files: <c>{Data:Directory}/{name}.db</c>.</summary>
internal sealed class SqliteStorage(
    IOptions<DataOptions> data, IOptions<SqliteOptions> options, TimeProvider clock, ILogger<SqliteDatabase> logger) : IStorageProvider
{
    public string Name => "Sqlite";

    public IOpenedDatabase Open(string name, IReadOnlyList<MigrationSource> migrations) =>
        new SqliteDatabase(data.Value.File($"{name}.db"), options.Value, migrations, clock, logger);
}
