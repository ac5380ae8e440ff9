using Grpc.Core.Interceptors;
using Grpc.Net.ClientFactory;

namespace FoodDelivery.Platform.GrpcRuntime.ClientFactory;

/// <summary>Lets the registered settings change each call's options.</summary>
sealed class CallOptionsInterceptor(IList<Action<CallOptionsContext>> actions, IServiceProvider services) : ContextInterceptor
{
    protected override ClientInterceptorContext<TRequest, TResponse> Changed<TRequest, TResponse>(ClientInterceptorContext<TRequest, TResponse> context)
    {
        var changing = new CallOptionsContext(context.Options, services);
        foreach (var action in actions)
        {
            action(changing);
        }

        return new ClientInterceptorContext<TRequest, TResponse>(context.Method, context.Host, changing.CallOptions);
    }
}
