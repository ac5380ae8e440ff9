using System.Diagnostics;
using System.Net;

namespace FoodDelivery.Platform.Hosting.Forwarding;

/// <summary>The connections to the services behind a door, pooled and shared.</summary>
internal sealed class ForwardingClient : IDisposable
{
    public HttpMessageInvoker Invoker { get; } = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(2),
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
        UseCookies = false,
        UseProxy = false,
        ActivityHeadersPropagator = DistributedContextPropagator.CreateDefaultPropagator(),
    });

    public void Dispose() => Invoker.Dispose();
}
