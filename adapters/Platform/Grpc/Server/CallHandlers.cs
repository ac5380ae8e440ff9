using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Platform.GrpcRuntime.Server;

sealed class UnaryHandler<TRequest, TResponse>(
    Method<TRequest, TResponse> method, MethodOptions options, ILogger logger, UnaryServerMethod<TRequest, TResponse> invoke)
    : CallHandler<TRequest, TResponse>(method, options, logger)
    where TRequest : class
    where TResponse : class
{
    protected override async Task HandleAsync(ServerCall call)
    {
        var request = await RequestReading.ReadOnlyMessageAsync(call, Method.RequestMarshaller.ContextualDeserializer);
        var response = await invoke(request, call) ?? throw Missing.Response();
        await call.EndAsync(response, Method.ResponseMarshaller.ContextualSerializer);
    }
}

sealed class ServerStreamingHandler<TRequest, TResponse>(
    Method<TRequest, TResponse> method, MethodOptions options, ILogger logger, ServerStreamingServerMethod<TRequest, TResponse> invoke)
    : CallHandler<TRequest, TResponse>(method, options, logger)
    where TRequest : class
    where TResponse : class
{
    protected override async Task HandleAsync(ServerCall call)
    {
        var request = await RequestReading.ReadOnlyMessageAsync(call, Method.RequestMarshaller.ContextualDeserializer);
        await invoke(request, new ResponseStream<TResponse>(call, Method.ResponseMarshaller.ContextualSerializer), call);
        await call.EndAsync();
    }
}

sealed class ClientStreamingHandler<TRequest, TResponse>(
    Method<TRequest, TResponse> method, MethodOptions options, ILogger logger, ClientStreamingServerMethod<TRequest, TResponse> invoke)
    : CallHandler<TRequest, TResponse>(method, options, logger)
    where TRequest : class
    where TResponse : class
{
    protected override async Task HandleAsync(ServerCall call)
    {
        var requests = new RequestStream<TRequest>(call, Method.RequestMarshaller.ContextualDeserializer);
        var response = await invoke(requests, call) ?? throw Missing.Response();
        await call.EndAsync(response, Method.ResponseMarshaller.ContextualSerializer);
    }
}

sealed class DuplexStreamingHandler<TRequest, TResponse>(
    Method<TRequest, TResponse> method, MethodOptions options, ILogger logger, DuplexStreamingServerMethod<TRequest, TResponse> invoke)
    : CallHandler<TRequest, TResponse>(method, options, logger)
    where TRequest : class
    where TResponse : class
{
    protected override async Task HandleAsync(ServerCall call)
    {
        var requests = new RequestStream<TRequest>(call, Method.RequestMarshaller.ContextualDeserializer);
        await invoke(requests, new ResponseStream<TResponse>(call, Method.ResponseMarshaller.ContextualSerializer), call);
        await call.EndAsync();
    }
}

static class Missing
{
    public static RpcException Response() => new(new Status(StatusCode.Cancelled, "No message returned from method."));
}
