using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;

namespace FoodDelivery.Tests.EndToEnd.BadInput;

/// <summary>What gRPC or gRPC-Web answered.</summary>
/// <param name="Http">The HTTP status.</param>
/// <param name="Code">The outcome; null if there was none.</param>
/// <param name="Detail">The outcome's message.</param>
/// <param name="Reason">The outcome's word for programs.</param>
/// <param name="Field">The field that the outcome's details blame.</param>
/// <param name="Declined">The order's number, if its card was declined.</param>
/// <param name="Message">The answer's first message.</param>
internal sealed record RpcReply(int Http, StatusCode? Code, string Detail, string? Reason, string? Field, long? Declined, byte[] Message)
{
    private const byte WebTrailers = 0x80;

    public static RpcReply None(int http) => new(http, null, "", null, null, null, []);

    public static RpcReply Of(HttpResponseMessage response, byte[] body)
    {
        var entries = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in response.Headers.Concat(response.TrailingHeaders))
            entries[name] = string.Join(',', values);
        var message = Frames(response, body, entries);
        var code = entries.TryGetValue("grpc-status", out var status) ? (StatusCode?)int.Parse(status, CultureInfo.InvariantCulture) : null;
        var details = Details(entries);
        var info = details.FirstOrDefault(static detail => detail.Is(ErrorInfo.Descriptor))?.Unpack<ErrorInfo>();
        return new RpcReply(
            (int)response.StatusCode,
            code,
            Uri.UnescapeDataString(entries.GetValueOrDefault("grpc-message", "")),
            info?.Reason,
            details.FirstOrDefault(static detail => detail.Is(BadRequest.Descriptor))?.Unpack<BadRequest>().FieldViolations[0].Field,
            info?.Reason == "PAYMENT_DECLINED" ? long.Parse(info.Metadata["order_id"], CultureInfo.InvariantCulture) : null,
            message);
    }

    private static byte[] Frames(HttpResponseMessage response, byte[] body, Dictionary<string, string> entries)
    {
        if (response.Content.Headers.ContentType?.MediaType is not { } type || !type.StartsWith("application/grpc", StringComparison.Ordinal))
            return [];
        var rest = type.Contains("text", StringComparison.Ordinal) ? Unfolded(body) : body.AsSpan();
        byte[] first = [];
        while (rest.Length >= 5)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(rest[1..]);
            var payload = rest.Slice(5, length);
            if (rest[0] == WebTrailers)
                Read(Encoding.ASCII.GetString(payload), entries);
            else if (first.Length == 0)
                first = payload.ToArray();
            rest = rest[(5 + length)..];
        }

        return first;
    }

    private static Span<byte> Unfolded(byte[] text) => Convert.FromBase64String(Encoding.ASCII.GetString(text));

    private static void Read(string trailers, Dictionary<string, string> entries)
    {
        foreach (var line in trailers.Split("\r\n", StringSplitOptions.RemoveEmptyEntries))
            entries[line[..line.IndexOf(':', StringComparison.Ordinal)]] = line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..];
    }

    private static RepeatedField<Any> Details(Dictionary<string, string> entries)
    {
        if (!entries.TryGetValue("grpc-status-details-bin", out var details))
            return [];
        var padded = details + new string('=', (4 - (details.Length % 4)) % 4);
        return Google.Rpc.Status.Parser.ParseFrom(Convert.FromBase64String(padded)).Details;
    }
}
