using FoodDelivery.Platform.Hosting;

namespace FoodDelivery.Tests.EndToEnd;

/// <summary>A route that the public may read, as its service's description has it.</summary>
/// <param name="Service">Who answers.</param>
/// <param name="Path">With its parameters in braces.</param>
internal sealed record ReadRoute(string Service, string Path)
{
    /// <summary>Those of every service.</summary>
    public static IReadOnlyList<ReadRoute> All { get; } =
    [
        .. from setting in ServiceCatalog.Settings
           where setting.Key.StartsWith("Gateway:Routes:", StringComparison.Ordinal)
           orderby setting.Key
           let route = setting.Value!.Split(' ')
           where route[1].Split(',').Contains("GET")
           select new ReadRoute(route[0], route[2]),
    ];

    /// <summary>Whether it is a collection's.</summary>
    public bool IsCollection => !Path.Contains('{', StringComparison.Ordinal);
}
