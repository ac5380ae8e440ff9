using FoodDelivery.Platform.GrpcRuntime.Wire;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace FoodDelivery.Platform.GrpcRuntime.Server;

/// <summary>Answers gRPC calls that nobody serves, after all other routes, and leaves every other request alone.</summary>
sealed class UnimplementedRoute : IRouteConstraint
{
    static readonly RouteValueDictionary _constraints = new() { ["method"] = new UnimplementedRoute() };

    public static void MapMethods(IEndpointRouteBuilder builder, string serviceName) =>
        Map(builder, $"{serviceName}/{{method}}", "Method is unimplemented.");

    public static void MapServices(IEndpointRouteBuilder builder) => Map(builder, "{service}/{method}", "Service is unimplemented.");

    public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
        httpContext is not null
        && HttpMethods.IsPost(httpContext.Request.Method)
        && (Headers.IsGrpc(httpContext.Request.ContentType) || Headers.IsGrpcWeb(httpContext.Request.ContentType));

    static void Map(IEndpointRouteBuilder builder, string pattern, string detail)
    {
        var status = new Status(StatusCode.Unimplemented, detail);
        builder.Map(RoutePatternFactory.Parse(pattern, defaults: null, _constraints), http => Refusal.AnswerAsync(http, status)).Add(endpoint =>
        {
            endpoint.DisplayName = $"gRPC - Unimplemented {pattern}";
            ((RouteEndpointBuilder)endpoint).Order = int.MaxValue;
        });
    }
}
