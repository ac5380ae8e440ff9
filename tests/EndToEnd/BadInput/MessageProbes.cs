using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using StringValue = Google.Protobuf.WellKnownTypes.StringValue;

namespace FoodDelivery.Tests.EndToEnd.BadInput;

/// <summary>Messages with one thing wrong: a field's value, or the bytes.</summary>
internal sealed class MessageProbes(Dice dice, Wires wires, Accepted accepted, IReadOnlyList<Template> templates)
{
    // Wrong ends of a message: a tag without a value, tag 0, unknown wire types, a varint without end, a length beyond the message, an end of no group.
    private static readonly byte[][] Ends =
    [
        [0x08], [0x00], [0x0e], [0x0f], [0x08, .. Enumerable.Repeat((byte)0xff, 11)], [0x0a, 0xff, 0xff, 0xff, 0xff, 0x07], [0x0a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01],
        [0x0c], [0x0b], [.. Enumerable.Repeat((byte)0x0b, 5_000)], [0x12, 0x02, 0xc3, 0x28], [0x1a, 0x01, 0xff], [0x0a, 0x03, 0xed, 0xa0, 0x80], [0x2a, 0x01, 0xff], [0x32, 0x01, 0xff], [0x22, 0x01, 0xc0],
        [0xff, 0xff, 0xff, 0xff, 0xff, 0xff], [0xf8, 0xff, 0xff, 0xff, 0x7f, 0x01],
    ];

    public Probe Next()
    {
        var template = dice.Pick(templates);
        var request = template.Request.Descriptor.Parser.ParseFrom(template.Request.ToByteString());
        var what = "bytes";
        byte[] bytes;
        if (dice.Once(2))
        {
            what = OtherField(request);
            bytes = request.ToByteArray();
        }
        else
        {
            bytes = OtherBytes(request.ToByteArray());
        }

        var call = new RpcCall(
            template.Service, template.Path, Frames.Of(bytes), Headers: template.Lasts ? [("grpc-timeout", "100m")] : []);
        return new Probe("message", $"{template.Path} {what} {Convert.ToHexString(bytes.AsSpan(0, Math.Min(bytes.Length, 200)))}", async () =>
        {
            var reply = await wires.Rpc(call);
            RpcAcceptance.Note(accepted, template.Path, reply);
            return Judge.Rpc(reply, mayBeFine: true, namesField: what != "bytes")
                ?? (reply.Field is { } field && template.Request is not StringValue && !template.HasField(field) ? $"names {field}, which the request does not have" : null);
        });
    }

    private string OtherField(IMessage message)
    {
        var field = dice.Pick((IReadOnlyList<FieldDescriptor>)message.Descriptor.Fields.InDeclarationOrder());
        if (!field.IsRepeated && field.Accessor.GetValue(message) is IMessage part && dice.Once(2))
            return $"{field.Name}: {OtherField(part)}";
        if (!field.IsRepeated)
        {
            var value = Value(field);
            field.Accessor.SetValue(message, value);
            var shown = value.ToString() ?? "";
            return $"{field.Name} = {(shown.Length > 40 ? shown[..40] : shown)}";
        }

        var list = (IList)field.Accessor.GetValue(message);
        switch (dice.Roll(4))
        {
            case 0:
                list.Clear();
                return $"no {field.Name}";
            case 1 when field.FieldType == FieldType.Message:
                list.Add(field.MessageType.Parser.ParseFrom([]));
                return $"an empty one in {field.Name}";
            case 2:
                var one = list[0]!;
                var times = dice.Pick(51, 501, 10_000);
                for (var time = 0; time < times; time++)
                    list.Add(one);
                return $"{times} {field.Name}";
            default:
                return list[0] is IMessage inner ? $"{field.Name}: {OtherField(inner)}" : "as it is";
        }
    }

    private object Value(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.String => dice.Pick(Hostile.Texts),
        FieldType.Int32 => (int)Math.Clamp(dice.Pick(Hostile.Numbers), int.MinValue, int.MaxValue),
        FieldType.Int64 => dice.Pick(Hostile.Numbers),
        FieldType.Bool => dice.Once(2),
        FieldType.Message => field.MessageType.Parser.ParseFrom([]),
        FieldType.Enum => Enum.ToObject(field.EnumType.ClrType, (int)Math.Clamp(dice.Pick(Hostile.Numbers), int.MinValue, int.MaxValue)),
        _ => throw new NotSupportedException($"{field.FullName} has a type that no request had so far."),
    };

    private byte[] OtherBytes(byte[] bytes)
    {
        var at = dice.Roll(bytes.Length);
        switch (dice.Roll(4))
        {
            case 0:
                return bytes[..at];
            case 1:
                bytes[at] ^= (byte)(1 << dice.Roll(8));
                return bytes;
            case 2:
                return dice.Bytes(1 + dice.Roll(300));
            default:
                return [.. bytes, .. dice.Pick(Ends)];
        }
    }
}
