using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Platform.Hosting.Health;

/// <summary>Where a service reaches itself once it listens, so that it can warm up the way that its callers take.</summary>
public static class OwnAddress
{
    /// <summary>Its REST port; null if it listens on none.</summary>
    public static Uri? Rest(IServiceProvider services) => Reachable(Addresses(services)?.FirstOrDefault());

    /// <summary>Its gRPC port, which is the last; null if it listens on none.</summary>
    public static Uri? Grpc(IServiceProvider services) => Reachable(Addresses(services)?.LastOrDefault());

    private static ICollection<string>? Addresses(IServiceProvider services) =>
        services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses;

    private static Uri? Reachable(string? address) => address is null
        ? null
        : new Uri(address.Replace("[::]", "localhost", StringComparison.Ordinal).Replace("0.0.0.0", "localhost", StringComparison.Ordinal));
}
