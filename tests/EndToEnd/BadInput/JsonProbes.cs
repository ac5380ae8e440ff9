using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FoodDelivery.Tests.EndToEnd.BadInput;

/// <summary>Bodies of every route that takes one, each with one thing wrong.</summary>
internal sealed class JsonProbes(Dice dice, Wires wires, Accepted accepted, long bystander)
{
    private const long Nobody = 999_999_999;

    private static readonly string[] Types =
        ["text/plain", "application/xml", "application/json; charset=utf-16", "multipart/form-data", "multipart/form-data; boundary=x", ";;;", "application/", "*/*"];

    // As they stand, all of them are refused, so that what a mutation leaves untouched does not become an order; and most of them
    // with any one value changed, since there is more than one thing wrong.
    private readonly (string Service, HttpMethod Method, string Path, string Body)[] _templates =
    [
        ("Order", HttpMethod.Post, "/orders", """{"item":"chicken","qty":2,"price":77,"storeId":2,"address":"서울 🏠","customerId":"kim","membershipNumber":"M-1"}"""),
        ("Order", HttpMethod.Post, "/주문s", """{"품목":"피자","수량":"3","가격":"77","가게":2,"주소":"부산"}"""),
        ("Order", HttpMethod.Post, "/orders", """{"lines":[{"item":"pizza","qty":1,"price":77},{"product":"chicken","quantity":2}],"storeId":2}"""),
        ("Proxy", HttpMethod.Post, "/orders", """{"item":"chicken","price":77}"""),
        ("Order", HttpMethod.Patch, $"/orders/{bystander}", """{"status":"order_canceled","reason":"배가 아파요"}"""),
        ("Order", HttpMethod.Put, $"/orders/{bystander}", """{"status":"cancelled","reason":"x"}"""),
        ("Pay", HttpMethod.Post, "/payments", $$"""{"orderId":{{Nobody}},"price":1000,"action":"apply"}"""),
        ("Pay", HttpMethod.Post, "/결제이력s", $$"""{"orderId":{{Nobody}},"action":"cancle","reason":"x"}"""),
        ("Pay", HttpMethod.Put, "/provider-simulator", """{"delayMinMs":5,"delayMaxMs":3,"declineRate":2,"failureRate":-1,"hang":false}"""),
        ("Store", HttpMethod.Put, "/stores/1/menu", """{"dishes":[{"names":["chicken","통닭"],"price":18000},{"name":"무","price":500,"openPriced":false,"soldOut":false}],"revision":123456789}"""),
        ("Store", HttpMethod.Patch, $"/deliveries/{bystander}", """{"status":"cooked","reason":"x"}"""),
        ("Store", HttpMethod.Put, $"/주문관리s/{bystander}", """{"status":"deliver"}"""),
        ("Store", HttpMethod.Post, "/bakeries", $$"""{"orderId":{{Nobody}},"status":"Confirmed"}"""),
        ("Store", HttpMethod.Post, "/주문처리s", $$"""{"orderId":{{Nobody}}}"""),
        ("Order", HttpMethod.Post, "/operations/dead-letters/replay", """{"consumer":"nobody","key":"1"}"""),
        ("Store", HttpMethod.Post, "/operations/dead-letters/replay", """{"consumer":"nobody","key":"1"}"""),
        ("Customer", HttpMethod.Post, "/operations/dead-letters/replay", """{"consumer":"nobody","key":"1"}"""),
    ];

    public Probe Next()
    {
        var (service, method, path, template) = dice.Pick(_templates);
        var type = "application/json";
        byte[] body;
        switch (dice.Roll(10))
        {
            case < 5:
                body = Encoding.UTF8.GetBytes(OtherValue(template));
                break;
            case < 8:
                body = OtherBytes(Encoding.UTF8.GetBytes(template));
                break;
            case 8:
                body = NoObject(template);
                break;
            default:
                body = Encoding.UTF8.GetBytes(dice.Once(2) ? template : OtherValue(template));
                type = dice.Pick(Types);
                break;
        }

        var shown = Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 400)));
        return new Probe("JSON", $"{method} {service}{path} {type} {shown}", async () =>
        {
            var reply = await wires.Rest(service, method, path, body, type);
            accepted.FromRest(path, reply);
            return Judge.Rest(reply, path, mayBeFine: !path.EndsWith($"/{bystander}", StringComparison.Ordinal));
        });
    }

    private string OtherValue(string template)
    {
        var places = new List<(JsonNode Parent, object Key)>();
        var root = JsonNode.Parse(template)!;
        Collect(root, places);
        var (parent, key) = dice.Pick(places);
        const string mark = "@@HERE@@";
        if (parent is JsonObject fields)
            fields[(string)key] = mark;
        else
            parent[(int)key] = mark;
        return root.ToJsonString().Replace($"\"{mark}\"", dice.Pick(Hostile.Json), StringComparison.Ordinal);
    }

    private static void Collect(JsonNode node, List<(JsonNode Parent, object Key)> places)
    {
        foreach (var (key, child) in node is JsonObject fields
            ? fields.Select(static field => ((object)field.Key, field.Value))
            : node.AsArray().Select(static (item, position) => ((object)position, item)))
        {
            places.Add((node, key));
            if (child is JsonObject or JsonArray)
                Collect(child, places);
        }
    }

    // Nothing is taken out, since a number that is cut short is another number.
    private byte[] OtherBytes(byte[] template)
    {
        var at = dice.Roll(template.Length);
        switch (dice.Roll(4))
        {
            case 0:
                return template[..at];
            case 1:
                var flipped = template.ToArray();
                flipped[at] ^= (byte)(1 << dice.Roll(8));
                return flipped;
            case 2:
                return [.. template[..at], .. dice.Pick(Hostile.Bytes), .. template[at..]];
            default:
                var twice = Encoding.UTF8.GetString(template);
                return Encoding.UTF8.GetBytes(string.Concat(twice.AsSpan(0, twice.Length - 1), ",", twice.AsSpan(1)));
        }
    }

    private byte[] NoObject(string template) => dice.Roll(8) switch
    {
        0 => [],
        1 => Encoding.UTF8.GetBytes(dice.Pick(Hostile.Json)),
        2 => Encoding.UTF8.GetBytes($"[{template}]"),
        3 => Encoding.UTF8.GetBytes(new string('[', 1 + dice.Roll(20_000))),
        4 => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 2_000))),
        5 => [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(template)],
        6 => dice.Bytes(1 + dice.Roll(2_000)),
        _ => Encoding.UTF8.GetBytes(template[..^1] + ",\"more\":" + JsonSerializer.Serialize(new string('x', 70_000)) + "}"),
    };
}
