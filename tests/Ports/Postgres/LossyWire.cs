using System.Net;
using System.Net.Sockets;

namespace FoodDelivery.Tests.Ports.Postgres;

/// <summary>A wire to the server that can break after a question has gone through and before its answer has come back.</summary>
internal sealed class LossyWire : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ended = new();
    private readonly int _server;
    private int _losses;
    private int _answers;

    public LossyWire(int server)
    {
        _server = server;
        _listener.Start();
        _ = Accept();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many answers came to their end, over all connections.</summary>
    public int Answers => Volatile.Read(ref _answers);

    /// <summary>How many answers shall be lost from now on; each loss costs the connection.</summary>
    public void Lose(int answers) => Interlocked.Exchange(ref _losses, answers);

    public void Dispose()
    {
        _ended.Cancel();
        _listener.Dispose();
        _ended.Dispose();
    }

    private async Task Accept()
    {
        while (!_ended.IsCancellationRequested)
        {
            try
            {
                var client = await _listener.AcceptTcpClientAsync(_ended.Token);
                _ = Carry(client);
            }
            catch (Exception) when (_ended.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task Carry(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _server, _ended.Token);
                await Task.WhenAny(
                    client.GetStream().CopyToAsync(server.GetStream(), _ended.Token),
                    Answer(server.GetStream(), client.GetStream()));
            }
            catch (Exception error) when (error is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // One of the two has gone; so does the other.
            }
        }
    }

    private async Task Answer(NetworkStream server, NetworkStream client)
    {
        var buffer = new byte[64 * 1024];
        for (int read; (read = await server.ReadAsync(buffer, _ended.Token)) > 0;)
        {
            // Ready for query, which ends the answer, comes after the commit.
            if (IsLast(buffer.AsSpan(0, read)))
            {
                Interlocked.Increment(ref _answers);
                if (Interlocked.Decrement(ref _losses) >= 0)
                    return;
            }

            await client.WriteAsync(buffer.AsMemory(0, read), _ended.Token);
        }
    }

    private static bool IsLast(ReadOnlySpan<byte> answer) => answer.Length >= 6 && answer[^6..^1].SequenceEqual("Z\0\0\0\u0005"u8);
}
