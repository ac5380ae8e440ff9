using System.Globalization;
using System.Net;
using FoodDelivery.Platform.Hosting.Health;
using FoodDelivery.Platform.Hosting.Limits;
using FoodDelivery.Platform.Hosting.Tls;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Platform.Hosting.Startup;

/// <summary>What every service is told: who it is, where it listens, where its data lies and how long it may take to stop.</summary>
/// <param name="Name">The service's name, which its own settings begin with: Order.</param>
/// <param name="Ports">The ports it listens on.</param>
/// <param name="Bind">The address to listen on; null is both loopback addresses.</param>
/// <param name="DataDirectory">The full path of the directory that holds its files.</param>
/// <param name="DrainDelay">How long it goes on serving after it has said that it is not ready any more.</param>
/// <param name="StopTimeout">How long calls in flight may take once it stops.</param>
/// <param name="HeaderTimeout">How long a caller may take to send a request's headers.</param>
/// <param name="UpgradedConnections">How many connections may have become another protocol's, such as WebSockets, at once.</param>
/// <param name="WebStreamLife">How long a stream over HTTP/1.1 goes on before its caller has to ask again; zero: without end.</param>
/// <param name="Security">How its ports and calls are encrypted.</param>
internal sealed record ServiceSettings(
    string Name, IReadOnlyList<ListenedPort> Ports, IPAddress? Bind, string DataDirectory, TimeSpan DrainDelay, TimeSpan StopTimeout,
    TimeSpan HeaderTimeout, int UpgradedConnections, TimeSpan WebStreamLife, TransportSecurity Security)
{
    private const int MostUpgraded = 100_000;
    private const int None = -1;

    public static ServiceSettings Read(IConfiguration configuration, string name, bool development, IReadOnlyList<ListenedPort> ports)
    {
        var security = new TransportSecurity(configuration);
        var settings = new ServiceSettings(
            name,
            Numbered(configuration, name, ports, security),
            Address(configuration["Bind"], development),
            Directory(configuration["Data:Directory"]),
            Setting.Seconds(configuration, "Shutdown:DrainDelay", development ? 0 : 3),
            Setting.Seconds(configuration, "Shutdown:Timeout", 15),
            Setting.Seconds(configuration, "Limits:HeaderTimeoutSeconds", 10),
            Setting.WholeNumber(configuration, "Limits:UpgradedConnections", 0, 0, MostUpgraded),
            Setting.Seconds(configuration, "Limits:WebStreamSeconds", 45),
            security);
        if (settings.Ports.Where(static port => port.Number != 0).GroupBy(static port => port.Number).FirstOrDefault(static same => same.Count() > 1) is { } same)
        {
            throw new SettingException(
                $"The settings {string.Join(" and ", same.Select(static port => port.Key))} are both {same.Key}; without encryption each protocol needs a port of its own.");
        }

        return settings;
    }

    private static List<ListenedPort> Numbered(IConfiguration configuration, string name, IReadOnlyList<ListenedPort> ports, TransportSecurity security)
    {
        var numbered = ports.Select(port => port with { Number = Setting.WholeNumber(configuration, port.Key, port.Number, 0, 65535) });

        // Where connections are encrypted, each says at its beginning which protocol it speaks.
        var distinct = security.IsOn
            ? numbered.GroupBy(static port => port.Number == 0 ? port.Key : port.Number.ToString(CultureInfo.InvariantCulture), StringComparer.Ordinal)
                .Select(static same => same.Aggregate(static (one, other) => one with { Protocols = one.Protocols | other.Protocols })).ToList()
            : numbered.ToList();

        // The first port is that of REST and the last that of gRPC, for whoever looks for them.
        var probes = Setting.WholeNumber(configuration, $"{name}:ProbePort", None, 0, 65535);
        if (probes != None)
            distinct.Insert(1, new ListenedPort($"{name}:ProbePort", probes, HttpProtocols.Http1) { IsForProbes = true });

        return distinct;
    }

    private static IPAddress? Address(string? text, bool development)
    {
        IPAddress? address = null;
        if (text is not (null or "" or "localhost") && !IPAddress.TryParse(text is "*" or "+" ? "::" : text, out address))
            throw new SettingException($"The setting Bind is '{text}'; it must be localhost, * or an IP address.");

        if (development && address is not null && !IPAddress.IsLoopback(address))
        {
            throw new SettingException(
                $"The setting Bind is '{text}', but in Development nobody needs a token, so that it must be a loopback address; set the environment to Production to listen on others.");
        }

        return address;
    }

    private static string Directory(string? text)
    {
        var path = Path.GetFullPath(string.IsNullOrWhiteSpace(text) ? "data" : text);
        try
        {
            if (OperatingSystem.IsWindows())
                System.IO.Directory.CreateDirectory(path);
            else
                System.IO.Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return path;
        }
        catch (Exception impossible) when (impossible is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new SettingException($"The setting Data:Directory (--data) is '{path}'; that directory cannot be made: {impossible.Message}", impossible);
        }
    }
}

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
        limits.MaxConcurrentConnections = server.ApplicationServices.GetRequiredService<ConnectionOptions>().Most;
        limits.MaxRequestBodySize = 4 * Kibi * Kibi;
        Take(limits, lineKibi: 32, headersKibi: 48, headerCount: 128);
        limits.RequestHeadersTimeout = settings.HeaderTimeout;
        limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
        limits.MaxConcurrentUpgradedConnections = settings.UpgradedConnections;

        // Whoever sends or takes a byte now and then holds a connection and a handler for ever.
        limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
        limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
        limits.Http2.MaxStreamsPerConnection = 256;
        limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(30);
        limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(20);
        foreach (var port in settings.Ports)
            Listen(server, settings, port);
    }

    /// <summary>
    /// What is handed on must fit where it goes, for whose sake a service takes more: the way in writes a path's signs as three, joins the values of a header
    /// into one, and adds the caller's host once more, its address and a trace.
    /// </summary>
    public static void ConfigureWayIn(KestrelServerOptions server) => Take(server.Limits, lineKibi: 8, headersKibi: 16, headerCount: 64);

    // Headers of up to twice the size are refused by themselves. A single one that is longer than it may be ends the connection, and with it everybody's requests there.
    private static void Take(KestrelServerLimits limits, int lineKibi, int headersKibi, int headerCount)
    {
        limits.MaxRequestLineSize = lineKibi * Kibi;
        limits.MaxRequestHeadersTotalSize = headersKibi * Kibi;
        limits.MaxRequestHeaderCount = headerCount;
        limits.Http2.MaxRequestHeaderFieldSize = 2 * headersKibi * Kibi;
    }

    private static void Listen(KestrelServerOptions server, ServiceSettings settings, ListenedPort port)
    {
        var (bind, number) = (settings.Bind, port.Number);
        if (IPAddress.IPv6Any.Equals(bind))
        {
            // Of both families; of IPv4 alone where there is no IPv6.
            server.ListenAnyIP(number, Configure);
        }
        else if (bind is not null)
        {
            server.Listen(bind, number, Configure);
        }
        else if (number == 0)
        {
            // Any free port can be had on one address only.
            server.Listen(IPAddress.Loopback, 0, Configure);
        }
        else
        {
            server.ListenLocalhost(number, Configure);
        }

        void Configure(ListenOptions listen)
        {
            listen.Protocols = port.Protocols;
            server.ApplicationServices.GetService<ConnectionLimit>()?.Bound(listen);
            if (port.IsForProbes)
                ProbePort.Mark(listen);
            else if (settings.Security.IsOn)
                settings.Security.Encrypt(listen);
        }
    }
}
