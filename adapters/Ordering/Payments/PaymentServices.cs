using System.Net.Sockets;
using FoodDelivery.Ordering.Ports;
using FoodDelivery.Protos.Payment.V1;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Adapters.Ordering.Payments;

/// <summary>Registration of the way to the payment service.</summary>
internal static class PaymentServices
{
    public static IServiceCollection AddGrpcPayments(this IServiceCollection services, IConfiguration configuration)
    {
        // A wrong address ends the program now and not the first order later.
        PayAddresses.Read(configuration);
        services.AddOptions<PaymentOptions>().BindConfiguration(PaymentOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<PayAddresses>();
        services.AddTransient<BalancingHandler>();
        services.AddGrpcClient<PaymentService.PaymentServiceClient>(static client => client.Address = new Uri("http://pay"))
            .ConfigurePrimaryHttpMessageHandler(static () => new SocketsHttpHandler
            {
                EnableMultipleHttp2Connections = true,
                ConnectTimeout = TimeSpan.FromMilliseconds(500),
                PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2),

                // A callback of its own keeps the client from connecting to its nominal address; BalancingHandler knows the real ones.
                ConnectCallback = Connect,
            })
            .AddHttpMessageHandler<BalancingHandler>()
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        services.AddSingleton<PaymentPlaces>();
        services.AddSingleton<PaymentBreaker>();
        services.AddTransient<IPayments, GrpcPayments>();
        services.AddHostedService<WarmingUp>();
        return services;
    }

    private static async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
