using Grpc.Core;

namespace FoodDelivery.Platform.GrpcRuntime.Server;

/// <summary>The four kinds of methods.</summary>
sealed partial class ServiceBinder<TService>
{
    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler)
    {
        var implementation = Find(method, typeof(TRequest), typeof(ServerCallContext));
        var invoke = implementation.CreateDelegate<Func<TService, TRequest, ServerCallContext, Task<TResponse>>>();
        UnaryServerMethod<TRequest, TResponse> innermost = (request, call) =>
        {
            var service = ServiceActivator<TService>.Get(call.GetHttpContext().RequestServices, out var created);
            Task<TResponse> handling;
            try
            {
                handling = invoke(service, request, call);
            }
            catch (Exception thrown) when (created)
            {
                handling = Task.FromException<TResponse>(thrown);
            }

            return Disposal.IsNeeded(service, created) ? Disposal.ThenDispose(handling, service) : handling;
        };
        Map(
            method,
            implementation,
            new UnaryHandler<TRequest, TResponse>(method, options, logger, InterceptorChain.Before(innermost, options.Interceptors)).HandleAsync);
    }

    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler)
    {
        var implementation = Find(method, typeof(IAsyncStreamReader<TRequest>), typeof(ServerCallContext));
        var invoke = implementation.CreateDelegate<Func<TService, IAsyncStreamReader<TRequest>, ServerCallContext, Task<TResponse>>>();
        ClientStreamingServerMethod<TRequest, TResponse> innermost = (requests, call) =>
        {
            var service = ServiceActivator<TService>.Get(call.GetHttpContext().RequestServices, out var created);
            Task<TResponse> handling;
            try
            {
                handling = invoke(service, requests, call);
            }
            catch (Exception thrown) when (created)
            {
                handling = Task.FromException<TResponse>(thrown);
            }

            return Disposal.IsNeeded(service, created) ? Disposal.ThenDispose(handling, service) : handling;
        };
        Map(
            method,
            implementation,
            new ClientStreamingHandler<TRequest, TResponse>(method, options, logger, InterceptorChain.Before(innermost, options.Interceptors)).HandleAsync);
    }

    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler)
    {
        var implementation = Find(method, typeof(TRequest), typeof(IServerStreamWriter<TResponse>), typeof(ServerCallContext));
        var invoke = implementation.CreateDelegate<Func<TService, TRequest, IServerStreamWriter<TResponse>, ServerCallContext, Task>>();
        ServerStreamingServerMethod<TRequest, TResponse> innermost = (request, responses, call) =>
        {
            var service = ServiceActivator<TService>.Get(call.GetHttpContext().RequestServices, out var created);
            Task handling;
            try
            {
                handling = invoke(service, request, responses, call);
            }
            catch (Exception thrown) when (created)
            {
                handling = Task.FromException(thrown);
            }

            return Disposal.IsNeeded(service, created) ? Disposal.ThenDispose(handling, service) : handling;
        };
        Map(
            method,
            implementation,
            new ServerStreamingHandler<TRequest, TResponse>(method, options, logger, InterceptorChain.Before(innermost, options.Interceptors)).HandleAsync);
    }

    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler)
    {
        var implementation = Find(method, typeof(IAsyncStreamReader<TRequest>), typeof(IServerStreamWriter<TResponse>), typeof(ServerCallContext));
        var invoke = implementation.CreateDelegate<Func<TService, IAsyncStreamReader<TRequest>, IServerStreamWriter<TResponse>, ServerCallContext, Task>>();
        DuplexStreamingServerMethod<TRequest, TResponse> innermost = (requests, responses, call) =>
        {
            var service = ServiceActivator<TService>.Get(call.GetHttpContext().RequestServices, out var created);
            Task handling;
            try
            {
                handling = invoke(service, requests, responses, call);
            }
            catch (Exception thrown) when (created)
            {
                handling = Task.FromException(thrown);
            }

            return Disposal.IsNeeded(service, created) ? Disposal.ThenDispose(handling, service) : handling;
        };
        Map(
            method,
            implementation,
            new DuplexStreamingHandler<TRequest, TResponse>(method, options, logger, InterceptorChain.Before(innermost, options.Interceptors)).HandleAsync);
    }
}
