using System.IO.Compression;
using System.Text;
using Google.Protobuf;
using Grpc.Core;

namespace FoodDelivery.Tests.EndToEnd.BadInput;

/// <summary>Calls that are broken around their message: prefix, compression, content type, method, deadline, metadata; gRPC and gRPC-Web.</summary>
internal sealed class FrameProbes(Dice dice, Wires wires, Accepted accepted, IReadOnlyList<Template> templates)
{
    private static readonly string[] Types =
        ["application/grpc+json", "application/grpcx", "application/json", "text/plain", "application/octet-stream", "application/grpc-web", "*/*", "\u00e9"];

    private static readonly string[] Methods =
    [
        "/", "/x", "/x/y", "/x/y/z", "/fooddelivery.ordering.v1.OrderService", "/fooddelivery.ordering.v1.OrderService/", "/fooddelivery.ordering.v1.OrderService/placeOrder",
        "/fooddelivery.ordering.v1.OrderService/PlaceOrder/", "//PlaceOrder", "/fooddelivery.ordering.v9.OrderService/PlaceOrder", "/%ff/%c0%af", "/grpc.health.v1.Health/Nothing",
    ];

    private static readonly string[] Timeouts =
        ["", "1", "S", "-1S", "1n", "0S", "99999999H", "999999999999S", "1X", "1.5S", " 1S", "0x1S", "\u00b2S", "1SS", "NaN"];

    private static readonly string[] Binary = ["!!!!", "=", "====", "AA=A", "A", "%00", "AAAA,BBBB", ",", "\u00e9\u00ff", new('A', 4_000)];

    public Probe Next()
    {
        var template = dice.Pick(templates.Where(static template => !template.Lasts).ToList());
        var message = template.Request.ToByteArray();
        var whole = new RpcCall(template.Service, template.Path, Frames.Of(message));
        var quiet = whole with { Body = Frames.Of([]) };
        return dice.Roll(8) switch
        {
            0 or 1 => Call("prefix", whole with { Body = Prefix(message) }),
            2 => Packed(whole, message),
            3 => Call("content type", whole with { Type = dice.Pick(Types) }, mayBeFine: template.Changes is false),
            4 => Call("method", whole with { Path = dice.Pick(Methods) }, unknown: true),
            5 => Call("timeout", quiet with { Headers = [("grpc-timeout", dice.Pick(Timeouts))] }, mayBeFine: !template.Changes),
            6 => Call("metadata", quiet with { Headers = Metadata() }, mayBeFine: !template.Changes),
            _ => Web(whole, message),
        };
    }

    private Probe Call(string kind, RpcCall call, bool mayBeFine = false, bool unknown = false, bool web = false) => new(
        $"frame ({kind})",
        $"{call.Path} {call.Type} {string.Join(' ', call.Headers)} {Convert.ToHexString(call.Body.AsSpan(0, Math.Min(call.Body.Length, 100)))}",
        async () =>
        {
            var reply = await (web ? wires.Web(call) : wires.Rpc(call));
            RpcAcceptance.Note(accepted, call.Path, reply);
            return unknown && reply.Code == StatusCode.Unimplemented ? null : Judge.Rpc(reply, mayBeFine, namesField: false);
        });

    private byte[] Prefix(byte[] message) => dice.Roll(7) switch
    {
        0 => [],
        1 => Frames.Of(message)[..dice.Roll(5)],
        2 => Frames.Of(message, 0, (uint)message.Length + 1 + (uint)dice.Roll(1000)),
        3 => Frames.Of(message, 0, uint.MaxValue - (uint)dice.Roll(5)),
        4 => Frames.Of(message, (byte)(2 + dice.Roll(254))),
        5 => [.. Frames.Of(message), .. Frames.Of(message)],
        _ => [.. Frames.Of(message), .. dice.Bytes(1 + dice.Roll(20))],
    };

    private Probe Packed(RpcCall call, byte[] message)
    {
        var encoding = dice.Pick("gzip", "identity", "br", "gzip,gzip", "", "\u00e9");
        var payload = dice.Roll(3) switch { 0 => message, 1 => Gzip(new byte[5_000_000]), _ => Gzip(message)[..^4] };
        return Call(
            "compression",
            call with { Body = Frames.Of(payload, 1), Headers = dice.Once(3) ? [] : [("grpc-encoding", encoding)] },
            unknown: encoding != "gzip",
            mayBeFine: !templates.Single(template => template.Path == call.Path && template.Request.ToByteArray().AsSpan().SequenceEqual(message)).Changes);
    }

    private (string Name, string Value)[] Metadata() =>
    [
        (dice.Pick("trace-bin", "grpc-trace-bin", "grpc-tags-bin", "authorization", "x-request-id", "grpc-status", "grpc-message", "user-agent", "traceparent"), dice.Pick(Binary)),
        ("x-much", new string('x', dice.Roll(3_000))),
    ];

    private Probe Web(RpcCall call, byte[] message)
    {
        var frame = Frames.Of(message);
        var text = dice.Roll(6) switch
        {
            0 => "????",
            1 => Convert.ToBase64String(frame)[..^1],
            2 => Convert.ToBase64String(Prefix(message)),
            3 => "",
            4 => Convert.ToBase64String(dice.Bytes(1 + dice.Roll(100))),
            _ => Encoding.Latin1.GetString(dice.Bytes(1 + dice.Roll(100))),
        };
        return dice.Once(4)
            ? Call("web", call with { Body = Prefix(message), Type = "application/grpc-web+proto" }, web: true)
            : Call("web", call with { Body = Encoding.Latin1.GetBytes(text), Type = dice.Pick("application/grpc-web-text", "application/grpc-web-text+proto") }, web: true);
    }

    private static byte[] Gzip(byte[] content)
    {
        using var target = new MemoryStream();
        using (var packing = new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true))
            packing.Write(content);
        return target.ToArray();
    }
}
