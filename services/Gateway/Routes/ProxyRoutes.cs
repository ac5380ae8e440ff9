using System.Globalization;
using FoodDelivery.Platform.Hosting.Limits;
using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Model;

namespace FoodDelivery.Services.Gateway.Routes;

/// <summary>The public's routes as the proxy takes them, a gRPC method each, so that whatever is decided about a request is decided by the route that it matched.</summary>
internal static class ProxyRoutes
{
    private const string KindOf = "Kind";
    private const string IsRepeatable = "Repeatable";
    private const string KeyOf = "Key";

    // As the proxy calls what needs no token.
    private const string Anonymous = "Anonymous";

    private const string GrpcType = "application/grpc";
    private const string GrpcWebType = "application/grpc-web";

    // REST has its bound; a gRPC call brings its own deadline, and this is for one that has none. A watched order may be quiet for as long as it likes.
    private static readonly TimeSpan RestTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RpcTimeout = TimeSpan.FromMinutes(10);

    public static IEnumerable<RouteConfig> Of(GatewayRoute route, FirstSegments first) =>
        !route.IsRpc ? [Rest(route, $"/{first.Pattern(route.FirstSegment)}{route.Path[(route.FirstSegment.Length + 1)..]}")]
        : route.Methods is not ["*"] ? route.Methods.SelectMany(method => Rpc(route, method, method, order: 0))
        : [.. RpcMethods.Of(route.Path).SelectMany(method => Rpc(route, method, method, order: 0)), .. Rpc(route, "*", "{method}", order: 2)];

    /// <summary>What a request takes, by the route that it matched.</summary>
    public static RequestKind Kind(HttpContext context) =>
        Said(context, KindOf) is { } kind ? Enum.Parse<RequestKind>(kind)
        : HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) ? RequestKind.Read
        : RequestKind.Write;

    /// <summary>Whether the route that a request matched is a gRPC method that may be called twice.</summary>
    public static bool MayRepeat(HttpContext context) => Said(context, IsRepeatable) is { } said && bool.Parse(said);

    /// <summary>The gRPC method that a request matched, if its message may have a key under which it may be called twice.</summary>
    public static (string Service, string Method)? Keyed(HttpContext context) =>
        Said(context, KeyOf)?.Split('/') is [var service, var method] ? (service, method) : null;

    private static string? Said(HttpContext context, string what) =>
        context.GetEndpoint()?.Metadata.GetMetadata<RouteModel>()?.Config.Metadata?.GetValueOrDefault(what);

    private static RouteConfig Rest(GatewayRoute route, string path) => new()
    {
        RouteId = route.Name,
        ClusterId = route.Service,
        Timeout = RestTimeout,
        AuthorizationPolicy = route.IsOpen ? Anonymous : null,
        Match = new RouteMatch { Path = path, Methods = route.Methods },
    };

    private static IEnumerable<RouteConfig> Rpc(GatewayRoute route, string method, string segment, int order)
    {
        var (kind, mayRepeat) = RpcMethods.Describe(route.Path, method);
        var path = $"/{route.Path}/{segment}";
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [KindOf] = kind.ToString(), [IsRepeatable] = mayRepeat.ToString(CultureInfo.InvariantCulture),
        };
        if (RpcMethods.TakesKey(route.Path, method))
            metadata[KeyOf] = $"{route.Path}/{method}";


        // Of a method that the contract does not have nobody knows whether it is a stream.
        TimeSpan? timeout = kind is RequestKind.Stream || method is "*" ? null : RpcTimeout;
        yield return Rpc($"{route.Name}-{method}-web", ProxyClusters.Rest(route.Service), path, GrpcWebType, order, metadata) with { Timeout = timeout };
        yield return Rpc($"{route.Name}-{method}", ProxyClusters.Rpc(route.Service), path, GrpcType, order + 1, metadata) with { Timeout = timeout };
    }

    private static RouteConfig Rpc(string id, string cluster, string path, string type, int order, Dictionary<string, string> metadata) => new()
    {
        RouteId = id,
        ClusterId = cluster,
        Order = order,
        Metadata = metadata,
        Match = new RouteMatch
        {
            Path = path,
            Methods = ["POST"],
            Headers = [new RouteHeader { Name = "Content-Type", Values = [type], Mode = HeaderMatchMode.HeaderPrefix }],
        },
    };
}

/// <summary>Tells reads, commands and streams apart, for the clients' shares.</summary>
internal sealed class GatewayRequestKinds : IRequestKinds
{
    public static readonly GatewayRequestKinds Instance = new();

    public RequestKind Of(HttpRequest request) => ProxyRoutes.Kind(request.HttpContext);
}
