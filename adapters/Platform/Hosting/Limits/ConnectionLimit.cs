using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace FoodDelivery.Platform.Hosting.Limits;

/// <summary>
/// How many connections one address may have open at a gateway, so that nobody has all that the server takes. Proxies that are trusted may have any number: theirs
/// are everybody's.
/// </summary>
internal sealed class ConnectionLimit(ClientLimitOptions options, IReadOnlyList<IPNetwork> trusted, LimitMetrics measures)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, int> _open = [];

    /// <summary>Has a port's connections counted.</summary>
    public void Bound(ListenOptions port) => port.Use(next => connection => Serve(next, connection));

    private async Task Serve(ConnectionDelegate next, ConnectionContext connection)
    {
        var remote = (connection.RemoteEndPoint as IPEndPoint)?.Address;
        if (ClientAddress.Of(remote) is not { } address || trusted.Any(network => network.Contains(remote!.IsIPv4MappedToIPv6 ? remote.MapToIPv4() : remote)))
        {
            await next(connection);
            return;
        }

        if (!TryEnter(address))
        {
            measures.Refused("connections");
            connection.Abort(new ConnectionAbortedException("This address has too many connections open."));
            return;
        }

        try
        {
            await next(connection);
        }
        finally
        {
            Leave(address);
        }
    }

    private bool TryEnter(IPAddress address)
    {
        lock (_gate)
        {
            var open = _open.GetValueOrDefault(address);
            if (open >= options.Connections)
                return false;

            _open[address] = open + 1;
            return true;
        }
    }

    private void Leave(IPAddress address)
    {
        lock (_gate)
        {
            if (--_open[address] == 0)
                _open.Remove(address);
        }
    }
}
