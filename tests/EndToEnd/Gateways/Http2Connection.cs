using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FoodDelivery.Tests.EndToEnd.Gateways;

/// <summary>HTTP/2, frame by frame, as no decent client would send it.</summary>
internal sealed class Http2Connection : IDisposable
{
    private const byte TakeBack = 3;
    private const byte RefusedStream = 7;
    private const byte Headers = 1;
    private const byte Settings = 4;
    private const byte GoAway = 7;
    private const int FrameHeader = 9;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // :method POST, :scheme http, :path /orders, :authority x; none of them remembered.
    private static readonly byte[] Request = [0x83, 0x86, 0x04, 0x07, .. "/orders"u8, 0x01, 0x01, (byte)'x'];

    // authorization, the 23rd name that everybody knows.
    private static readonly byte[] Authorization = [0x0f, 0x08];

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
    public static byte[] Opened(int number) => Frame(Headers, 5, Stream(number), Request);

    /// <summary>The same with a token, and a body that never comes.</summary>
    public static byte[] Opened(int number, string token) => Frame(Headers, 4, Stream(number), [.. Request, .. Authorization, .. Text($"Bearer {token}")]);

    /// <summary>A gRPC call without a message's fields; of each header that is given twice both go, as two.</summary>
    public static byte[] Called(int number, string path, string token, params (string Name, string Value)[] headers) =>
    [
        .. Frame(Headers, 4, Stream(number),
        [
            0x83, 0x86, 0x04, .. Text(path), 0x01, .. Text("localhost"), .. Authorization, .. Text($"Bearer {token}"),
            .. new[] { ("content-type", "application/grpc"), ("te", "trailers") }.Concat(headers)
                .SelectMany(static header => (byte[])[0, .. Text(header.Item1), .. Text(header.Item2)]),
        ]),
        .. Frame(0, 1, Stream(number), [0, 0, 0, 0, 0]),
    ];

    /// <summary>The same stream, cancelled.</summary>
    public static byte[] TakenBack(int number) => Frame(TakeBack, 0, Stream(number), [0, 0, 0, 8]);

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

    /// <summary>Whether a stream is refused because there are too many.</summary>
    public Task<bool> RefusesAStream() => Sees(TakeBack, orEnd: false, RefusedStream);

    public void Dispose() => _socket.Dispose();

    private async Task<bool> Sees(byte type, bool orEnd, byte? error = null)
    {
        using var bound = new CancellationTokenSource(Patience);
        try
        {
            for (var at = 0; ;)
            {
                while (_read < at + FrameHeader + 4)
                {
                    var read = await _socket.ReceiveAsync(_buffer.AsMemory(_read), bound.Token);
                    if (read == 0)
                        return orEnd;
                    _read += read;
                }

                if (_buffer[at + 3] == type && (error is null || _buffer[at + FrameHeader + 3] == error))
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

    // A length beyond 126 goes on in sevens of bits (RFC 7541, 5.1).
    private static byte[] Text(string text)
    {
        if (text.Length < 127)
            return [(byte)text.Length, .. Encoding.ASCII.GetBytes(text)];

        var rest = text.Length - 127;
        return [127, (byte)(0x80 | (rest & 0x7f)), (byte)(rest >> 7), .. Encoding.ASCII.GetBytes(text)];
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
