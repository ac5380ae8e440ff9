using System.Text;
using FoodDelivery.Platform.Hosting.Startup;
using Microsoft.Extensions.Configuration;

namespace FoodDelivery.Services.Gateway.Routes;

/// <summary>One thing that the public may ask for.</summary>
/// <param name="Name">The route's name in the settings.</param>
/// <param name="Service">Who answers: Order.</param>
/// <param name="Methods">HTTP methods; for gRPC the service's methods, or <c>*</c> for all.</param>
/// <param name="Path">REST: the path with its parameters. gRPC: the service's full name.</param>
/// <param name="IsRpc">Whether it is gRPC, and gRPC-Web.</param>
/// <param name="IsOpen">Whether nobody needs a token for it.</param>
internal sealed record GatewayRoute(string Name, string Service, IReadOnlyList<string> Methods, string Path, bool IsRpc, bool IsOpen = false)
{
    /// <summary>The section of the settings with the routes.</summary>
    public const string Section = "Gateway:Routes";

    private const string Rpc = "RPC";
    private static readonly string[] Known = ["GET", "POST", "PUT", "PATCH", "DELETE"];

    /// <summary>What a REST path begins with, without slashes.</summary>
    public string FirstSegment => Path.Split('/')[1];

    /// <summary>Everything that the public may ask for, as the settings have it now: whatever is not named there does not exist for the public.</summary>
    /// <exception cref="SettingException">One of the routes is none.</exception>
    public static IReadOnlyList<GatewayRoute> ReadAll(IConfiguration configuration) =>
    [
        .. configuration.GetSection(Section).GetChildren()
            .Where(static route => !string.IsNullOrWhiteSpace(route.Value))
            .Select(static route => Parse(route.Key, route.Value!)),
    ];

    /// <exception cref="SettingException">It is no route.</exception>
    public static GatewayRoute Parse(string name, string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words switch
        {
            [var service, Rpc, var call] when call.Split('/') is [{ Length: > 0 } package, { Length: > 0 } methods] =>
                new GatewayRoute(name, service, methods.Split(','), package, IsRpc: true),
            [var service, var methods, ['/', ..] path, .. [] or ["open"]] when methods.Split(',') is var several && Array.TrueForAll(several, Known.Contains) =>
                new GatewayRoute(name, service, several, path, IsRpc: false, IsOpen: words.Length > 3),
            _ => throw new SettingException(
                $"The setting {Section}:{name} is '{text}'; it must be like 'Order GET,POST /orders', with 'open' behind it if nobody needs a token, or 'Order RPC fooddelivery.ordering.v1.OrderService/*'."),
        };
    }
}

/// <summary>
/// The first segments of the paths that are routed together. Once it has compiled its table of literal segments, .NET's routing does not find an ASCII one any more
/// beside others of the same length that are not ASCII (/cards beside /결제이력s); as a parameter with a constraint it is found.
/// </summary>
internal sealed class FirstSegments(IEnumerable<string> segments)
{
    private readonly HashSet<int> _hidden = [.. segments.Where(static segment => !Ascii.IsValid(segment)).Select(static segment => segment.Length)];

    /// <summary>The segment as a route pattern that is found.</summary>
    public string Pattern(string segment) => Ascii.IsValid(segment) && _hidden.Contains(segment.Length) ? $"{{first:regex(^{segment}$)}}" : segment;
}
