using Yarp.ReverseProxy.Configuration;

namespace FoodDelivery.Services.Gateway.Routes;

/// <summary>The public's routes as the proxy takes them.</summary>
internal static class ProxyRoutes
{
    // As the proxy calls what needs no token.
    private const string Anonymous = "Anonymous";

    private const string GrpcType = "application/grpc";
    private const string GrpcWebType = "application/grpc-web";

    // REST has its bound; a gRPC call brings its own deadline, and a watched order has none.
    private static readonly TimeSpan RestTimeout = TimeSpan.FromSeconds(30);

    public static IEnumerable<RouteConfig> Of(GatewayRoute route) => route.IsRpc ? route.Methods.SelectMany(method => Rpc(route, method)) : [Rest(route)];

    private static RouteConfig Rest(GatewayRoute route) => new()
    {
        RouteId = route.Name,
        ClusterId = route.Service,
        Timeout = RestTimeout,
        AuthorizationPolicy = route.IsOpen ? Anonymous : null,
        Match = new RouteMatch { Path = route.Path, Methods = route.Methods },
    };

    private static IEnumerable<RouteConfig> Rpc(GatewayRoute route, string method)
    {
        var path = $"/{route.Path}/{(method is "*" ? "{method}" : method)}";
        yield return Rpc($"{route.Name}-{method}-web", ProxyClusters.Rest(route.Service), path, GrpcWebType, order: 0);
        yield return Rpc($"{route.Name}-{method}", ProxyClusters.Rpc(route.Service), path, GrpcType, order: 1);
    }

    private static RouteConfig Rpc(string id, string cluster, string path, string type, int order) => new()
    {
        RouteId = id,
        ClusterId = cluster,
        Order = order,
        Match = new RouteMatch
        {
            Path = path,
            Methods = ["POST"],
            Headers = [new RouteHeader { Name = "Content-Type", Values = [type], Mode = HeaderMatchMode.HeaderPrefix }],
        },
    };
}
