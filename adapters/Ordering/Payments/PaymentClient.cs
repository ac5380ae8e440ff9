using System.Net.Sockets;
using FoodDelivery.Ordering.Ports;
using FoodDelivery.Platform.Hosting.Health;
using FoodDelivery.Platform.Hosting.Security;
using FoodDelivery.Platform.Hosting.Startup;
using FoodDelivery.Platform.Hosting.Tls;
using FoodDelivery.Protos.Payment.V1;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Adapters.Ordering.Payments;

/// <summary>Registration of the way to the payment service.</summary>
internal static class PaymentClient
{
    private const string Key = "Order:Payments:Provider";
    private const int MaxAnswerBytes = 64 * 1024;

    // Only a name: BalancingHandler knows the addresses.
    private static readonly Uri Nominal = new("http://pay");

    // Longer than a payment may ever take, so that the shorter time-outs decide; refunds have this one.
    private static readonly TimeSpan MaxTimeout = TimeSpan.FromSeconds(25);

    /// <summary>
    /// The way that the setting <c>Order:Payments:Provider</c> names: Grpc, where it says nothing, to the Payment context; or Http, to a service of
    /// somebody else's in its place. Either is at <c>Pay:Addresses</c>.
    /// </summary>
    /// <exception cref="SettingException">It names another, or an address is none.</exception>
    public static IServiceCollection AddPayments(this IServiceCollection services, IConfiguration configuration)
    {
        // A wrong address ends the program now and not the first order later.
        PayAddresses.Read(configuration);
        services.AddOptions<PaymentOptions>().BindConfiguration(PaymentOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<PayAddresses>();
        services.AddTransient<BalancingHandler>();
        services.AddSingleton<PaymentBreaker>();
        services.AddHostedService<BreakerMetrics>();
        services.AddSingleton<IPayments, ResilientPayments>();
        var provider = configuration[Key];
        return provider switch
        {
            null or "" => services.AddGrpc(),
            _ when Is("Grpc") => services.AddGrpc(),
            _ when Is("Http") => services.AddHttp(),
            _ => throw new SettingException($"The setting {Key} is '{provider}'; it must be Grpc or Http."),
        };

        bool Is(string name) => string.Equals(provider, name, StringComparison.OrdinalIgnoreCase);
    }

    private static IServiceCollection AddGrpc(this IServiceCollection services)
    {
        services.AddGrpcClient<PaymentService.PaymentServiceClient>(static client => client.Address = Nominal)
            .ConfigurePrimaryHttpMessageHandler(static services => services.GetRequiredService<TransportSecurity>().ForServices(new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseProxy = false,
                EnableMultipleHttp2Connections = true,
                ConnectTimeout = TimeSpan.FromMilliseconds(500),
                PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2),

                // A callback of its own keeps the client from connecting to its nominal address; BalancingHandler knows the real ones.
                ConnectCallback = Connect,
            }))
            .AddServiceToken(OrderingWarmUp.TryToken)
            .AddHttpMessageHandler<BalancingHandler>()

            // A call is traced and measured; four lines for each, which nobody reads, cost every order.
            .RemoveAllLoggers()
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        services.AddSingleton<IPaymentCall, GrpcPayments>();
        return services.AddHostedService<PayHealthMonitor>().AddWarmUp("warm", OrderingWarmUp.Run);
    }

    private static IServiceCollection AddHttp(this IServiceCollection services)
    {
        services.AddHttpClient<HttpPayments>(static http => (http.BaseAddress, http.Timeout, http.MaxResponseContentBufferSize) = (Nominal, MaxTimeout, MaxAnswerBytes))
            .ConfigurePrimaryHttpMessageHandler(static services => services.GetRequiredService<TransportSecurity>().ForOthers(new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                UseProxy = false,
                ConnectTimeout = TimeSpan.FromSeconds(5),
                PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2),
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            }))
            .AddHttpMessageHandler<BalancingHandler>()
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        services.AddSingleton<IPaymentCall>(static provider => provider.GetRequiredService<HttpPayments>());
        RefundConsumer.AddTo(services);
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
