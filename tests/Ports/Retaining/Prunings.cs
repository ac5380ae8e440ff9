using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Storage;
using FoodDelivery.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Tests.Ports.Retaining;

/// <summary>Has old rows let go where nothing else runs in the background.</summary>
internal static class Prunings
{
    /// <summary>Lets go what is due until that holds.</summary>
    public static async Task Prune(this IServiceProvider services, Func<Task> until)
    {
        var pruner = ActivatorUtilities.CreateInstance<Pruner>(services);
        await pruner.StartAsync(default);
        try
        {
            await Eventually.Holds(until);
        }
        finally
        {
            await pruner.StopAsync(default);
        }
    }

    public static async Task<IReadOnlyList<long>> Numbers(this IServiceProvider services, string sql) =>
        await services.GetRequiredService<IDatabase>().Query<long>(sql, new { }, default);

    public static Task Run(this IServiceProvider services, string sql, object? parameters = null) =>
        services.GetRequiredService<IDatabase>().Write(new Batch().Add(sql, parameters), default);
}
