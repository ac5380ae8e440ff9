using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace FoodDelivery.Platform.GrpcRuntime.Server;

/// <summary>A caller's address as gRPC writes it.</summary>
static class Peers
{
    public static string Format(ConnectionInfo connection) => connection.RemoteIpAddress switch
    {
        null => "unknown",
        { AddressFamily: AddressFamily.InterNetwork } address => $"ipv4:{address}:{connection.RemotePort}",
        var address => $"ipv6:[{address}]:{connection.RemotePort}",
    };
}
