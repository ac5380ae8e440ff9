using Grpc.Core;

namespace FoodDelivery.Platform.GrpcRuntime.Server;

/// <summary>Puts a method's interceptors before its handler, once, when the service is mapped.</summary>
static class InterceptorChain
{
    public static UnaryServerMethod<TRequest, TResponse> Before<TRequest, TResponse>(
        UnaryServerMethod<TRequest, TResponse> handler, IReadOnlyList<InterceptorActivator> interceptors)
        where TRequest : class
        where TResponse : class
    {
        for (var i = interceptors.Count - 1; i >= 0; i--)
        {
            var (activator, next) = (interceptors[i], handler);
            handler = (request, call) =>
            {
                var interceptor = activator.Get(call.GetHttpContext().RequestServices, out var created);
                Task<TResponse> handling;
                try
                {
                    handling = interceptor.UnaryServerHandler(request, call, next);
                }
                catch (Exception thrown) when (created)
                {
                    handling = Task.FromException<TResponse>(thrown);
                }

                return Disposal.IsNeeded(interceptor, created) ? Disposal.ThenDispose(handling, interceptor) : handling;
            };
        }

        return handler;
    }

    public static ClientStreamingServerMethod<TRequest, TResponse> Before<TRequest, TResponse>(
        ClientStreamingServerMethod<TRequest, TResponse> handler, IReadOnlyList<InterceptorActivator> interceptors)
        where TRequest : class
        where TResponse : class
    {
        for (var i = interceptors.Count - 1; i >= 0; i--)
        {
            var (activator, next) = (interceptors[i], handler);
            handler = (requests, call) =>
            {
                var interceptor = activator.Get(call.GetHttpContext().RequestServices, out var created);
                Task<TResponse> handling;
                try
                {
                    handling = interceptor.ClientStreamingServerHandler(requests, call, next);
                }
                catch (Exception thrown) when (created)
                {
                    handling = Task.FromException<TResponse>(thrown);
                }

                return Disposal.IsNeeded(interceptor, created) ? Disposal.ThenDispose(handling, interceptor) : handling;
            };
        }

        return handler;
    }

    public static ServerStreamingServerMethod<TRequest, TResponse> Before<TRequest, TResponse>(
        ServerStreamingServerMethod<TRequest, TResponse> handler, IReadOnlyList<InterceptorActivator> interceptors)
        where TRequest : class
        where TResponse : class
    {
        for (var i = interceptors.Count - 1; i >= 0; i--)
        {
            var (activator, next) = (interceptors[i], handler);
            handler = (request, responses, call) =>
            {
                var interceptor = activator.Get(call.GetHttpContext().RequestServices, out var created);
                Task handling;
                try
                {
                    handling = interceptor.ServerStreamingServerHandler(request, responses, call, next);
                }
                catch (Exception thrown) when (created)
                {
                    handling = Task.FromException(thrown);
                }

                return Disposal.IsNeeded(interceptor, created) ? Disposal.ThenDispose(handling, interceptor) : handling;
            };
        }

        return handler;
    }

    public static DuplexStreamingServerMethod<TRequest, TResponse> Before<TRequest, TResponse>(
        DuplexStreamingServerMethod<TRequest, TResponse> handler, IReadOnlyList<InterceptorActivator> interceptors)
        where TRequest : class
        where TResponse : class
    {
        for (var i = interceptors.Count - 1; i >= 0; i--)
        {
            var (activator, next) = (interceptors[i], handler);
            handler = (requests, responses, call) =>
            {
                var interceptor = activator.Get(call.GetHttpContext().RequestServices, out var created);
                Task handling;
                try
                {
                    handling = interceptor.DuplexStreamingServerHandler(requests, responses, call, next);
                }
                catch (Exception thrown) when (created)
                {
                    handling = Task.FromException(thrown);
                }

                return Disposal.IsNeeded(interceptor, created) ? Disposal.ThenDispose(handling, interceptor) : handling;
            };
        }

        return handler;
    }
}
