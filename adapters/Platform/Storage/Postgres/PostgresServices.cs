using FoodDelivery.Platform.Storage.Choosing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FoodDelivery.Platform.Storage.Postgres;

/// <summary>Registration of PostgreSQL.</summary>
public static class PostgresServices
{
    /// <summary>Lets the service keep its data in PostgreSQL; <c>Storage:Provider=Postgres</c> chooses it, <c>Storage:ConnectionString</c> says where it is.</summary>
    public static IServiceCollection AddPostgres(this IServiceCollection services)
    {
        services.AddOptions<PostgresOptions>().BindConfiguration("Postgres").ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IStorageProvider, PostgresStorage>();
        return services;
    }
}
