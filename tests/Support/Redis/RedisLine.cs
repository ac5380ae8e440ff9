using System.Net.Sockets;
using System.Text;

namespace FoodDelivery.Tests.Support.Redis;

/// <summary>Speaks to a Redis server past all clients.</summary>
public static class RedisLine
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);

    /// <summary>Sends one command, such as <c>FLUSHALL</c>, to HOST:PORT.</summary>
    /// <returns>The first line of its answer.</returns>
    public static async Task<string> Ask(string address, string command)
    {
        var (host, port) = (address.Split(':')[0], int.Parse(address.Split(':')[1]));
        using var late = new CancellationTokenSource(Bound);
        using var connection = new TcpClient();
        await connection.ConnectAsync(host, port, late.Token);
        await using var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes($"{command}\r\n"), late.Token);
        using var reader = new StreamReader(stream);
        return await reader.ReadLineAsync(late.Token) ?? "";
    }
}
