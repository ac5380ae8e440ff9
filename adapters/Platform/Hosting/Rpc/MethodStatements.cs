using FoodDelivery.Platform.Hosting.Security;
using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Builder;

namespace FoodDelivery.Platform.Hosting.Rpc;

/// <summary>Says of single methods of a gRPC service who may call them. A method of which nothing is said is an operator's.</summary>
public static class MethodStatements
{
    /// <summary>These roles may call this method, and an operator.</summary>
    /// <param name="service">What <c>MapGrpcService</c> gave.</param>
    /// <param name="method">The method's name: <c>nameof(OrderService.OrderServiceBase.PlaceOrder)</c>.</param>
    /// <param name="roles">Of <see cref="Roles"/>.</param>
    public static GrpcServiceEndpointConventionBuilder AllowMethod(
        this GrpcServiceEndpointConventionBuilder service, string method, params ReadOnlySpan<string> roles)
    {
        ArgumentNullException.ThrowIfNull(service);
        var statement = Statements.Statement(roles);
        service.Add(endpoint =>
        {
            if (endpoint.Metadata.OfType<GrpcMethodMetadata>().Any(served => string.Equals(served.Method.Name, method, StringComparison.Ordinal)))
                endpoint.Metadata.Add(statement);
        });
        return service;
    }
}
