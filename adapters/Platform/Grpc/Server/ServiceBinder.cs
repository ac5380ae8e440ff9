using System.Reflection;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Platform.GrpcRuntime.Server;

/// <summary>Is told a service's methods by its generated code, and maps each to a handler made for it.</summary>
sealed partial class ServiceBinder<TService>(IEndpointRouteBuilder builder, MethodOptions options, ILogger logger) : ServiceBinderBase
    where TService : class
{
    readonly List<IEndpointConventionBuilder> _endpoints = [];
    readonly HashSet<string> _serviceNames = new(StringComparer.Ordinal);

    public IReadOnlyList<IEndpointConventionBuilder> Endpoints => _endpoints;

    public IEnumerable<string> ServiceNames => _serviceNames;

    public void BindMethods()
    {
        var mark = typeof(TService).GetCustomAttribute<BindServiceMethodAttribute>(inherit: true)
            ?? throw new InvalidOperationException($"{typeof(TService)} does not derive from a generated gRPC service.");
        foreach (var candidate in mark.BindType.GetMethods(BindingFlags.Public | BindingFlags.Static))
        {
            if (string.Equals(candidate.Name, mark.BindMethodName, StringComparison.Ordinal)
                && candidate.GetParameters() is [var binder, var service]
                && binder.ParameterType == typeof(ServiceBinderBase)
                && service.ParameterType.IsAssignableFrom(typeof(TService)))
            {
                candidate.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [this, null], null);
                return;
            }
        }

        throw new InvalidOperationException($"{mark.BindType} has no method {mark.BindMethodName} that binds {typeof(TService)}.");
    }

    static MethodInfo Find(IMethod method, params Type[] parameters) =>
        typeof(TService).GetMethod(method.Name, BindingFlags.Public | BindingFlags.Instance, parameters)
        ?? throw new InvalidOperationException($"{typeof(TService)} has no method for {method.FullName}.");

    void Map(IMethod method, MethodInfo implementation, RequestDelegate handle)
    {
        _serviceNames.Add(method.ServiceName);
        object[] metadata =
        [
            .. typeof(TService).GetCustomAttributes(inherit: true),
            .. implementation.GetCustomAttributes(inherit: true),
            new HttpMethodMetadata(["POST"], acceptCorsPreflight: true),
            new GrpcMethodMetadata(typeof(TService), method),
        ];
        var endpoint = builder.Map(RoutePatternFactory.Parse(method.FullName), handle);
        endpoint.Add(mapped =>
        {
            mapped.DisplayName = $"gRPC - {method.FullName}";
            foreach (var item in metadata)
            {
                mapped.Metadata.Add(item);
            }
        });
        _endpoints.Add(endpoint);
    }
}
