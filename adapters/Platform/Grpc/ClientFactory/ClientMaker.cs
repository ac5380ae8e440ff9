using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.ClientFactory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FoodDelivery.Platform.GrpcRuntime.ClientFactory;

/// <summary>Makes clients from the services of whoever asks.</summary>
sealed class ClientMaker(
    IServiceProvider services, ClientChannels channels, IOptionsMonitor<GrpcClientFactoryOptions> settings, IEnumerable<RegisteredClient> registered)
    : GrpcClientFactory
{
    public override TClient CreateClient<TClient>(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!registered.Contains(new RegisteredClient(name, typeof(TClient))))
        {
            throw new InvalidOperationException($"No gRPC client {typeof(TClient)} is registered under the name '{name}'.");
        }

        var wishes = settings.Get(name);
        var invoker = channels.InvokerOf(name).Intercept(Interceptors.Of(wishes, InterceptorScope.Client, services));
        if (wishes.CallOptionsActions.Count > 0)
        {
            invoker = invoker.Intercept(new CallOptionsInterceptor(wishes.CallOptionsActions, services));
        }

        return (TClient)(wishes.Creator?.Invoke(invoker) ?? Constructor<TClient>.Create(services, [invoker]));
    }

    static class Constructor<TClient>
    {
        public static readonly ObjectFactory<TClient> Create = ActivatorUtilities.CreateFactory<TClient>([typeof(CallInvoker)]);
    }
}
