using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;

namespace FoodDelivery.Platform.Hosting;

/// <summary>
/// Every service of the product by its <c>services/NAME/NAME.service.json</c>, which the build copies beside the programs: its ports, its public routes, how it is
/// stopped. They are settings, the weakest of all, so that each service knows where the others usually are.
/// </summary>
public static class ServiceCatalog
{
    private const string Suffix = ".service.json";

    private static readonly Lazy<IConfigurationRoot> Described = new(static () =>
    {
        var described = new ConfigurationBuilder();
        foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory, "*" + Suffix).Order(StringComparer.Ordinal))
            described.AddJsonFile(file);

        return described.Build();
    });

    /// <summary>The services, in the order of their ports.</summary>
    public static IReadOnlyList<CatalogedService> Services { get; } =
    [
        .. Described.Value.GetSection("Services").GetChildren()
            .Select(static service => new CatalogedService(
                service.Key,
                Described.Value.GetValue<int>($"{service.Key}:RestPort"),
                Described.Value.GetValue<int?>($"{service.Key}:GrpcPort"),
                service.GetValue<int>("StopOrder")))
            .OrderBy(static service => service.RestPort),
    ];

    /// <summary>All that they say, as settings.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> Settings => Described.Value.AsEnumerable().Where(static setting => setting.Value is not null);

    /// <summary>A service by its name.</summary>
    /// <exception cref="InvalidOperationException">It has no description.</exception>
    public static CatalogedService Find(string name) => Services.FirstOrDefault(service => string.Equals(service.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new InvalidOperationException($"{name}{Suffix} does not lie beside the program.");
}

/// <summary>One service of the product.</summary>
/// <param name="Name">Its name, which its settings begin with: Order.</param>
/// <param name="RestPort">Its usual port for HTTP/1.1.</param>
/// <param name="GrpcPort">Its usual port for HTTP/2; null: it has no gRPC.</param>
/// <param name="StopOrder">Services with a lower number stop first: whoever calls others goes before those whom it calls.</param>
public sealed record CatalogedService(string Name, int RestPort, int? GrpcPort, int StopOrder)
{
    /// <summary>How it is built from a command line: the <c>Build</c> of <c>FoodDelivery.Services.NAME.NAMEService</c>, where its assembly lies beside the program.</summary>
    /// <exception cref="FileNotFoundException">It does not.</exception>
    public Func<string[], WebApplication> Build => Type.GetType($"FoodDelivery.Services.{Name}.{Name}Service, FoodDelivery.Services.{Name}", throwOnError: true)!
        .GetMethod("Build", [typeof(string[])])!.CreateDelegate<Func<string[], WebApplication>>();
}
