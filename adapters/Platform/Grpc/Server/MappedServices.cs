using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Routing;

namespace FoodDelivery.Platform.GrpcRuntime.Server;

/// <summary>Remembers what is mapped where, so that each route for the unknown exists once.</summary>
sealed class MappedServices
{
    readonly ConditionalWeakTable<ICollection<EndpointDataSource>, HashSet<string>> _mapped = [];

    /// <summary>Answers calls to unknown methods of these services and, unless ignored, to unknown services.</summary>
    public void MapUnknown(IEndpointRouteBuilder builder, IEnumerable<string> serviceNames, bool ignoreUnknownServices)
    {
        var mapped = _mapped.GetValue(builder.DataSources, _ => new HashSet<string>(StringComparer.Ordinal));
        foreach (var name in serviceNames)
        {
            if (mapped.Add(name))
            {
                UnimplementedRoute.MapMethods(builder, name);
            }
        }

        if (!ignoreUnknownServices && mapped.Add(string.Empty))
        {
            UnimplementedRoute.MapServices(builder);
        }
    }
}
