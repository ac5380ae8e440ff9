using System.Text;
using System.Text.RegularExpressions;
using FoodDelivery.Platform.Hosting;

namespace FoodDelivery.Tests.EndToEnd.BadInput;

/// <summary>HTTP that no decent client would send: request lines, headers, lengths, chunks, paths.</summary>
internal sealed partial class SocketProbes(Dice dice, Wires wires)
{
    private const string End = "Host: localhost\r\nConnection: close\r\n\r\n";

    private static readonly string[] Entries = [.. ServiceCatalog.Services.Where(static service => service.GrpcPort is not null).Select(static service => service.Name), "Proxy"];

    private static readonly string[] Lines =
    [
        "", " ", "GET", "GET ", "GET /orders", "GET /orders HTTP/9.9", "GET /orders HTTP/1.2", "GET /orders HTTP/2.0", "GET /orders HTTP/1.1 more", " GET /orders HTTP/1.1",
        "GET  /orders HTTP/1.1", "G\0T /orders HTTP/1.1", "get /orders HTTP/1.1", "BREW /orders HTTP/1.1", "GET orders HTTP/1.1", "GET http://evil.example/orders HTTP/1.1",
        "GET http:///orders HTTP/1.1", "OPTIONS * HTTP/1.1", "CONNECT localhost:1 HTTP/1.1", "CONNECT / HTTP/1.1", "TRACE /orders HTTP/1.1", "GET /orders\u0001 HTTP/1.1",
        "GET /orders HTTP/1.0", "GET /orders#x HTTP/1.1", "GET ? HTTP/1.1", "GET * HTTP/1.1", "PRI * HTTP/2.0", "POST /orders HTTP/1.1", "PUT /orders HTTP/1.1",
        "(){:;} /orders HTTP/1.1", $"{new string('G', 9_000)} /orders HTTP/1.1", $"GET /{new string('x', 9_000)} HTTP/1.1", "\u0016\u0003\u0001\u0002\0\u0001\0\u0001",
    ];

    private static readonly string[] Paths =
    [
        "/orders/%", "/orders/%zz", "/orders/%00", "/orders/%2e%2e%2f", "/../../etc/passwd", "/orders/..%2f..", "/orders/%ff", "/orders/%c0%af", "/orders/%ed%a0%80", "/orders/\u00eb\u00aa\u00a9",
        "/orders/0", "/orders/-1", "/orders/9223372036854775808", "/orders/99999999999999999999999", "/orders/1.5", "/orders/0x1", "/orders/%D9%A3", "/orders/;a=b", "//orders", "/orders//",
        "/orders/a%0d%0aX:%201", "/\u00ff\u00fe", "/%EC%A3%BC%EB%AC%B8s/abc", "/payments/1e9", "/payments/-9223372036854775808", "/deliveries/%20", "/deliveries/abc", "/stores/0/menu", "/stores/%2f/menu",
        "/orderStatuses/1%00", "/mypages/+5", "/mypages/\u0080", "/swagger/../orders/x", "/openapi/%2e%2e", "/metrics/x", "/healthz/", "/a/b/c/d/e/f/g", "/orders?%", "/orders?a=%zz&b=%00&page=%ff", "/orders?page[]=1",
    ];

    private static readonly string[] Verbs = ["GET", "DELETE", "PUT", "PATCH", "POST", "HEAD", "OPTIONS", "LINK", "QUERY"];

    private static readonly string[] Headers =
    [
        "NoColon", ": empty", "X Y: 1", "X : 1", "X: a\0b", "X: a\r b", " folded: 1", "X: \u0001", "Content-Length: -1", "Content-Length: 1e3", "Content-Length: 99999999999999999999999", "Content-Length: +5",
        "Content-Length: 3\r\nContent-Length: 4", "Content-Length: 3, 4", "Transfer-Encoding: chunked\r\nContent-Length: 3", "Transfer-Encoding: gzip", "Transfer-Encoding: xchunked", "Transfer-Encoding: chunked, gzip",
        "Transfer-Encoding: \u000bchunked", "Host: other", "Host: a b", "Host: [::1", "Expect: miracles", "Connection: upgrade\r\nUpgrade: h2c", "Content-Type: \u00ff", "Accept: \u00ff\u00fe", "Range: bytes=5-1", "If-Match: \"",
        "Content-Length: 1000000000000", "Idempotency-Key: ", "Idempotency-Key: a\r\nIdempotency-Key: b", $"Idempotency-Key: {new string('k', 300)}", "Origin: \u00ff", "Origin: null\r\nAccess-Control-Request-Method: \u0001",
        "traceparent: 00-zz-zz-zz", "Accept-Encoding: gzip;q=nine", "Cookie: =;=;;", "X-Forwarded-For: \u00ff,,,", "Sec-WebSocket-Key: x\r\nUpgrade: websocket\r\nConnection: Upgrade",
    ];

    private static readonly string[] Chunks =
    [
        "zz\r\n", "-1\r\n", "FFFFFFFFFFFFFFFF\r\n", "7fffffff\r\nx", "5;\u0001\r\nhello\r\n0\r\n\r\n", "5\r\nhello", "5\nhello\n0\n\n", "5\r\nhelloX\r\n0\r\n\r\n", "0\r\nbad trailer\r\n\r\n", "\r\n", "0x2\r\n{}\r\n0\r\n\r\n", " 2\r\n{}\r\n0\r\n\r\n",
        "2\r\n{}\r\n0\r\n\r\n", "2\r\n{}\r\nzz\r\n",
    ];

    public Probe Next() => dice.Roll(7) switch
    {
        0 => Raw("request line", $"{dice.Pick(Lines)}\r\n{End}", Ending.HalfClose),
        1 => Raw("path", $"{dice.Pick(Verbs)} {dice.Pick(Paths)} HTTP/1.1\r\nContent-Length: 0\r\n{End}", Ending.Answer),
        2 => Raw("header", $"POST {dice.Pick("/orders", "/payments", "/bakeries", "/nothing")} HTTP/1.1\r\n{dice.Pick(Headers)}\r\n{End}{{}}", Ending.HalfClose),
        3 => Raw("flood", $"GET /orders HTTP/1.1\r\n{Flood()}{End}", Ending.Answer),
        4 => Raw("chunk", $"POST {dice.Pick("/orders", "/payments", "/stores/1/menu")} HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Type: application/json\r\n{End}{dice.Pick(Chunks)}", Ending.HalfClose),
        5 => Cut(),
        _ => Http2(),
    };

    private Probe Raw(string kind, string text, Ending ending)
    {
        var service = dice.Pick(Entries);
        return At($"HTTP ({kind})", service, wires.Fleet.Rest(service).Address.Port, Encoding.Latin1.GetBytes(text), ending);
    }

    private Probe Cut()
    {
        const string body = """{"item":"chicken","price":77}""";
        var whole = $"POST /orders HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n{End}{body}";
        return Raw("cut off", whole[..(1 + dice.Roll(whole.Length - 1))], dice.Pick(Ending.HalfClose, Ending.Drop));
    }

    private Probe Http2()
    {
        var preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray();
        byte[] settings = [0, 0, 0, 4, 0, 0, 0, 0, 0];
        var service = dice.Pick(Entries[..5]);
        byte[] bytes = dice.Roll(4) switch
        {
            0 => dice.Bytes(1 + dice.Roll(500)),
            1 => [.. preface, .. dice.Bytes(1 + dice.Roll(500))],
            2 => [.. preface, .. settings, 0, 0, 20, 1, 5, 0, 0, 0, 1, .. dice.Bytes(20)],
            _ => [.. Encoding.ASCII.GetBytes($"GET /orders HTTP/1.1\r\n{End}")],
        };
        return At("HTTP/2 (frames)", service, wires.Fleet.Addresses[service].GrpcPort, bytes, dice.Pick(Ending.HalfClose, Ending.Drop));
    }

    private string Flood() => dice.Roll(3) switch
    {
        0 => string.Concat(Enumerable.Range(0, 90 + dice.Roll(300)).Select(static number => $"X-{number}: y\r\n")),
        1 => $"X: {new string('y', 15_000 + dice.Roll(10_000))}\r\n",
        _ => $"{new string('X', 15_000 + dice.Roll(10_000))}: y\r\n",
    };

    private static Probe At(string kind, string service, int port, byte[] bytes, Ending ending)
    {
        var shown = Encoding.Latin1.GetString(bytes.AsSpan(0, Math.Min(bytes.Length, 300))).Replace("\r\n", "␍␊", StringComparison.Ordinal);
        return new Probe(kind, $"{service}:{ending} {shown}", async () =>
        {
            if (await RawSocket.Send(port, bytes, ending) is not { } answer)
                return "neither answered nor hung up";
            var bad = Statuses().Matches(answer).Select(static match => match.Groups["status"].Value).FirstOrDefault(static status => status[0] == '5' && status != "505");
            if (bad is not null)
                return $"{bad}: {(answer.Length > 700 ? answer[..700] : answer)}";
            return ending == Ending.Answer && answer.Length == 0 ? "hung up without an answer" : null;
        });
    }

    [GeneratedRegex("HTTP/1\\.[01] (?<status>[0-9]{3}) ", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Statuses();
}
