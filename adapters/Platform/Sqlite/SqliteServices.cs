using FoodDelivery.Platform.Sqlite.Opening;
using FoodDelivery.Platform.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FoodDelivery.Platform.Sqlite;

/// <summary>Registration of a service's database.</summary>
public static class SqliteServices
{
    /// <summary>
    /// The service's own database, <c>{Data:Directory}/{name}.db</c>, as <see cref="IDatabase"/>. At start it brings up to date the tables of
    /// every registered <see cref="MigrationSource"/> and those of <paramref name="owner"/>'s assembly (<c>Migrations/Sqlite/0001_name.sql</c>, embedded).
    /// </summary>
    public static IServiceCollection AddDatabase(this IServiceCollection services, string name, Type owner)
    {
        services.AddDataOptions();
        services.AddOptions<SqliteOptions>().BindConfiguration("Sqlite").ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new SqliteDatabase(
            provider.GetRequiredService<IOptions<DataOptions>>().Value.File($"{name}.db"),
            provider.GetRequiredService<IOptions<SqliteOptions>>().Value,
            [.. provider.GetServices<MigrationSource>(), new MigrationSource(name, owner.Assembly)],
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<SqliteDatabase>>()));
        services.AddSingleton<IDatabase>(static provider => provider.GetRequiredService<SqliteDatabase>());
        services.AddHostedService<OpeningAtStart>();
        return services;
    }
}
