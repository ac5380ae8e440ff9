using System.Collections.Concurrent;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Grpc.Net.ClientFactory;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FoodDelivery.Platform.GrpcRuntime.ClientFactory;

/// <summary>The channels of the registered clients, one per name and made when first needed.</summary>
sealed class ClientChannels(
    IServiceProvider services, IOptionsMonitor<GrpcClientFactoryOptions> settings, IHttpMessageHandlerFactory handlers, ILoggerFactory logging) : IDisposable
{
    readonly ConcurrentDictionary<string, Lazy<NamedChannel>> _channels = new(StringComparer.Ordinal);

    public CallInvoker InvokerOf(string name) => _channels.GetOrAdd(name, key => new Lazy<NamedChannel>(() => Open(key))).Value.Invoker;

    public void Dispose()
    {
        foreach (var channel in _channels.Values)
        {
            if (channel.IsValueCreated)
            {
                channel.Value.Channel.Dispose();
            }
        }
    }

    NamedChannel Open(string name)
    {
        var wishes = settings.Get(name);
        var options = new GrpcChannelOptions { LoggerFactory = logging, ServiceProvider = services };
        foreach (var action in wishes.ChannelOptionsActions)
        {
            action(options);
        }

        if (options.HttpClient is null && options.HttpHandler is null)
        {
            options.HttpHandler = handlers.CreateHandler(name);
        }

        var address = wishes.Address
            ?? throw new InvalidOperationException($"Could not resolve the address for gRPC client '{name}': set GrpcClientFactoryOptions.Address.");
        var channel = GrpcChannel.ForAddress(address, options);
        if (wishes.NeedsSecureChannel && !channel.Security.TakesCallCredentials)
        {
            channel.Dispose();
            throw new InvalidOperationException(
                $"gRPC client '{name}' has call credentials but no secure channel: use https, or set UnsafeUseInsecureChannelCallCredentials.");
        }

        return new NamedChannel(channel, channel.CreateCallInvoker().Intercept(Interceptors.Of(wishes, InterceptorScope.Channel, services)));
    }

    sealed record NamedChannel(GrpcChannel Channel, CallInvoker Invoker);
}
