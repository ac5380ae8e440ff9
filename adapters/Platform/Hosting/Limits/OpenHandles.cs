using System.Globalization;
using System.Net;
using FoodDelivery.Platform.Hosting.Startup;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FoodDelivery.Platform.Hosting.Limits;

/// <summary>
/// How many handles the process may have (<c>ulimit -n</c>), and how many are left: a process that has used them up cannot open its own files any more, and ends. A system
/// gives each new handle the lowest number that is free, so a connection's own number says how many are in use, whatever for, in all of the process.
/// </summary>
internal sealed class OpenHandles
{
    private const int LargestReserve = 512;
    private const string Limits = "/proc/self/limits";
    private const string Line = "Max open files";

    private readonly int? _most = Read();

    /// <summary>What is left for files, calls to others and probes once no more connections are taken; the streams leave twice as many.</summary>
    private int Reserve => Math.Min(LargestReserve, (_most ?? 0) / 8);

    /// <summary>Whether there are too few left for a stream that came by this connection.</summary>
    public bool AreShort(IFeatureCollection connection) => AreShort(connection, 2 * Reserve);

    /// <summary>Whether there are too few left for this connection.</summary>
    public bool AreUsedUp(IFeatureCollection connection, bool isForProbes) => AreShort(connection, isForProbes ? Reserve / 2 : Reserve);

    private bool AreShort(IFeatureCollection connection, int left) =>
        _most is { } most && connection.Get<IConnectionSocketFeature>()?.Socket.Handle is { } number && number > most - left;

    // The soft limit, which the runtime has raised to the hard one; null where there is none, or no such file.
    private static int? Read()
    {
        try
        {
            var line = File.Exists(Limits) ? File.ReadLines(Limits).FirstOrDefault(static line => line.StartsWith(Line, StringComparison.Ordinal)) : null;
            return int.TryParse(
                line?[Line.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0], NumberStyles.None, CultureInfo.InvariantCulture, out var most) ? most : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

/// <summary>The sockets that a server listens on: what the process has no handles for is hung up on as soon as it is accepted, before anything is done for it.</summary>
internal sealed class BoundedSockets(
    IOptions<SocketTransportOptions> options, ServiceSettings settings, OpenHandles handles, LimitMetrics measures, ILoggerFactory loggers) : IConnectionListenerFactory
{
    private readonly SocketTransportFactory _sockets = new(options, loggers);

    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) => new Listener(
        await _sockets.BindAsync(endpoint, cancellationToken),
        endpoint is IPEndPoint { Port: var number } && settings.Ports.Any(port => port.IsForProbes && port.Number == number),
        handles,
        measures);

    private sealed class Listener(IConnectionListener sockets, bool isForProbes, OpenHandles handles, LimitMetrics measures) : IConnectionListener
    {
        public EndPoint EndPoint => sockets.EndPoint;

        public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
        {
            while (await sockets.AcceptAsync(cancellationToken) is { } connection)
            {
                if (!handles.AreUsedUp(connection.Features, isForProbes))
                    return connection;

                measures.Refused("handles");
                connection.Abort(new ConnectionAbortedException("The process has no handles left for connections."));
                await connection.DisposeAsync();
            }

            return null;
        }

        public ValueTask UnbindAsync(CancellationToken cancellationToken = default) => sockets.UnbindAsync(cancellationToken);

        public ValueTask DisposeAsync() => sockets.DisposeAsync();
    }
}
