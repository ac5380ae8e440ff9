using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace FoodDelivery.Tests.EndToEnd.Gateways;

/// <summary>HTTP/2, frame by frame, as no decent client would send it.</summary>
internal sealed class Http2Connection : IDisposable
{
    /// <summary>RST_STREAM.</summary>
    public const byte Refused = 3;

    private const byte Headers = 1;
    private const byte Settings = 4;
    private const byte GoAway = 7;
    private const int FrameHeader = 9;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // :method POST, :scheme http, :path /orders, :authority x; each without an index of its own.
    private static readonly byte[] Request = [0x83, 0x86, 0x04, 0x07, .. "/orders"u8, 0x01, 0x01, (byte)'x'];

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[256 * 1024];
    private int _read;

    public static async Task<Http2Connection> Open(int port)
    {
        var connection = new Http2Connection();
        await connection._socket.ConnectAsync(IPAddress.Loopback, port);
        await connection._socket.SendAsync((byte[])[.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, .. Frame(Settings, 0, 0, [])]);
        return connection;
    }

    /// <summary>A request on the stream with this number, from 0.</summary>
    public static byte[] Opened(int number, bool ends = true) => Frame(Headers, (byte)(ends ? 5 : 4), Stream(number), Request);

    /// <summary>The same stream, cancelled.</summary>
    public static byte[] TakenBack(int number) => Frame(Refused, 0, Stream(number), [0, 0, 0, 8]);

    public async Task<bool> TrySend(params IEnumerable<byte[]> frames)
    {
        try
        {
            using var bound = new CancellationTokenSource(Patience);
            await _socket.SendAsync((byte[])[.. frames.SelectMany(static frame => frame)], bound.Token);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Whether the other side has said that it is over, or hung up.</summary>
    public Task<bool> IsEnded() => Sees(GoAway, orEnd: true);

    /// <summary>Whether a frame of this type comes.</summary>
    public Task<bool> Sees(byte type) => Sees(type, orEnd: false);

    public void Dispose() => _socket.Dispose();

    private async Task<bool> Sees(byte type, bool orEnd)
    {
        using var bound = new CancellationTokenSource(Patience);
        try
        {
            for (var at = 0; ;)
            {
                while (_read < at + FrameHeader)
                {
                    var read = await _socket.ReceiveAsync(_buffer.AsMemory(_read), bound.Token);
                    if (read == 0)
                        return orEnd;
                    _read += read;
                }

                if (_buffer[at + 3] == type)
                    return true;
                at += FrameHeader + ((_buffer[at] << 16) | BinaryPrimitives.ReadUInt16BigEndian(_buffer.AsSpan(at + 1)));
            }
        }
        catch (SocketException)
        {
            return orEnd;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static int Stream(int number) => (number * 2) + 1;

    private static byte[] Frame(byte type, byte flags, int stream, byte[] payload)
    {
        var frame = new byte[FrameHeader + payload.Length];
        (frame[1], frame[2]) = ((byte)(payload.Length >> 8), (byte)payload.Length);
        (frame[3], frame[4]) = (type, flags);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame, FrameHeader);
        return frame;
    }
}
