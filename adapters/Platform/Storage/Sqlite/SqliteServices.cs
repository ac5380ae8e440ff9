using FoodDelivery.Platform.Storage.Choosing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FoodDelivery.Platform.Storage.Sqlite;

/// <summary>Registration of SQLite.</summary>
public static class SqliteServices
{
    /// <summary>Lets the service keep its data in files; <c>Storage:Provider=Sqlite</c>, the default, chooses them.</summary>
    public static IServiceCollection AddSqlite(this IServiceCollection services)
    {
        services.AddDataOptions();
        services.AddOptions<SqliteOptions>().BindConfiguration("Sqlite").ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IStorageProvider, SqliteStorage>();
        return services;
    }
}
