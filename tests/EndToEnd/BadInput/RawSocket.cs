using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FoodDelivery.Tests.EndToEnd.BadInput;

/// <summary>How a raw request ends.</summary>
internal enum Ending
{
    /// <summary>It is as complete as it gets: an answer is due.</summary>
    Answer,

    /// <summary>We say that nothing more will come: the other side may answer or hang up.</summary>
    HalfClose,

    /// <summary>We hang up without waiting.</summary>
    Drop,
}

/// <summary>Bytes on a connection of their own.</summary>
internal static class RawSocket
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Sends, and reads until the other side hangs up.</summary>
    /// <returns>What came back as Latin-1; null if the other side neither answered nor hung up in time.</returns>
    public static async Task<string?> Send(int port, byte[] bytes, Ending ending)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var late = new CancellationTokenSource(Patience);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port, late.Token);
            await socket.SendAsync(bytes, late.Token);
            if (ending == Ending.Drop)
            {
                socket.Close(0);
                return "";
            }

            if (ending == Ending.HalfClose)
                socket.Shutdown(SocketShutdown.Send);
            return await Read(socket, late.Token);
        }
        catch (SocketException)
        {
            // It hung up in the middle of our words, which is an answer to some of them.
            return "";
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private static async Task<string> Read(Socket socket, CancellationToken cancellation)
    {
        var buffer = new byte[16 * 1024];
        var answer = new StringBuilder();
        try
        {
            for (int read; (read = await socket.ReceiveAsync(buffer, cancellation)) > 0;)
                answer.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }
        catch (SocketException)
        {
            // What it said before it hung up counts.
        }

        return answer.ToString();
    }
}
