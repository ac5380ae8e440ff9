namespace FoodDelivery.Tests.Grpc.Api;

/// <summary>The official packages that cannot be read here, and their types that we have.</summary>
static class Packages
{
    static readonly string[] _generated = ["Grpc.Health.V1.", "Grpc.Reflection.V1.", "Grpc.Reflection.V1Alpha."];

    public static IEnumerable<string> Types { get; } =
    [
        .. In("Grpc.Core", CoreApi),
        .. In("Grpc.Core", "AsyncStreamReaderExtensions"),
        .. In("Grpc.Core.Interceptors", CoreApiInterceptors),
        .. In("Grpc.Net.Compression", "ICompressionProvider GzipCompressionProvider DeflateCompressionProvider"),
        .. In("Grpc.Net.ClientFactory", "GrpcClientFactory GrpcClientFactoryOptions CallOptionsContext InterceptorRegistration InterceptorScope"),
        .. In("Grpc.AspNetCore.Web", "IGrpcWebEnabledMetadata EnableGrpcWebAttribute DisableGrpcWebAttribute"),
        .. In("Grpc.AspNetCore.HealthChecks", "GrpcHealthChecksOptions ServiceMappingCollection ServiceMapping HealthCheckMapContext"),
        .. In("Microsoft.AspNetCore.Builder", "GrpcWebOptions GrpcWebApplicationBuilderExtensions GrpcWebEndpointConventionBuilderExtensions"),
        .. In("Microsoft.AspNetCore.Builder", "GrpcReflectionEndpointRouteBuilderExtensions GrpcHealthChecksEndpointRouteBuilderExtensions"),
        .. In("Microsoft.Extensions.DependencyInjection", "GrpcClientServiceExtensions GrpcHttpClientBuilderExtensions"),
        .. In("Microsoft.Extensions.DependencyInjection", "GrpcReflectionServiceExtensions GrpcHealthChecksServiceExtensions"),
    ];

    const string CoreApi =
        """
        AsyncAuthInterceptor AsyncClientStreamingCall`2 AsyncDuplexStreamingCall`2 AsyncServerStreamingCall`1 AsyncUnaryCall`1 AuthContext
        AuthInterceptorContext AuthProperty BindServiceMethodAttribute CallCredentials CallCredentialsConfiguratorBase CallInvoker CallOptions
        ChannelBase ChannelCredentials ChannelCredentialsConfiguratorBase ClientBase ClientBase+ClientBaseConfiguration ClientBase`1
        ClientStreamingServerMethod`2 ContextPropagationOptions ContextPropagationToken DeserializationContext DuplexStreamingServerMethod`2
        IAsyncStreamReader`1 IAsyncStreamWriter`1 IClientStreamWriter`1 IMethod IServerStreamWriter`1 Marshaller`1 Marshallers Metadata
        Metadata+Entry Method`2 MethodType RpcException SerializationContext ServerCallContext ServerServiceDefinition
        ServerServiceDefinition+Builder ServerStreamingServerMethod`2 ServiceBinderBase SslCredentials Status StatusCode UnaryServerMethod`2
        WriteFlags WriteOptions
        """;

    const string CoreApiInterceptors =
        """
        CallInvokerExtensions ChannelExtensions ClientInterceptorContext`2 Interceptor Interceptor+BlockingUnaryCallContinuation`2
        Interceptor+AsyncUnaryCallContinuation`2 Interceptor+AsyncServerStreamingCallContinuation`2
        Interceptor+AsyncClientStreamingCallContinuation`2 Interceptor+AsyncDuplexStreamingCallContinuation`2
        """;

    /// <summary>Whether a type comes from a proto that the standard fixes.</summary>
    public static bool IsGenerated(string type) => _generated.Any(space => type.StartsWith(space, StringComparison.Ordinal));

    static IEnumerable<string> In(string space, string names) =>
        names.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(name => $"{space}.{name}");
}
