using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace FoodDelivery.Platform.Hosting.Startup;

/// <summary>The server: one port a protocol, and limits that no honest caller meets.</summary>
internal static class Listening
{
    private const int Kibi = 1024;

    // A line ends with CR LF; where a lone LF ends one too, two servers can see different headers.
    static Listening() => AppContext.SetSwitch("Microsoft.AspNetCore.Server.Kestrel.DisableHttp1LineFeedTerminators", isEnabled: true);

    public static void Configure(KestrelServerOptions server, ServiceSettings settings)
    {
        server.AddServerHeader = false;
        var limits = server.Limits;
        limits.MaxConcurrentConnections = 10_000;
        limits.MaxRequestBodySize = 4 * Kibi * Kibi;
        limits.MaxRequestHeadersTotalSize = 16 * Kibi;
        limits.MaxRequestLineSize = 8 * Kibi;
        limits.MaxRequestHeaderCount = 64;
        limits.RequestHeadersTimeout = settings.HeaderTimeout;
        limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
        limits.MaxConcurrentUpgradedConnections = settings.UpgradedConnections;

        // Whoever sends or takes a byte now and then holds a connection and a handler for ever.
        limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
        limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
        limits.Http2.MaxStreamsPerConnection = 256;
        limits.Http2.MaxRequestHeaderFieldSize = 8 * Kibi;
        limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(30);
        limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(20);
        foreach (var port in settings.Ports)
            Listen(server, settings.Bind, port.Number, port.Protocols);
    }

    private static void Listen(KestrelServerOptions server, IPAddress? bind, int port, HttpProtocols protocols)
    {
        if (bind is not null)
        {
            server.Listen(bind, port, listen => listen.Protocols = protocols);
        }
        else if (port == 0)
        {
            // Any free port can be had on one address only.
            server.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = protocols);
        }
        else
        {
            server.ListenLocalhost(port, listen => listen.Protocols = protocols);
        }
    }
}
