using System.Text.RegularExpressions;

namespace FoodDelivery.Tests.EndToEnd.BadInput;

/// <summary>Absurd questions to every route that can be read.</summary>
internal sealed partial class QueryProbes(Dice dice, Wires wires)
{
    private static readonly (string Service, string Path)[] Collections =
    [
        .. ReadRoute.All.Where(static route => route.IsCollection).Select(static route => (route.Service, route.Path)),
        ("Order", "/orderStatuses"), ("Customer", "/deliveries"), ("Proxy", "/orders"), ("Proxy", "/stores"), ("Order", "/operations/dead-letters"), ("Store", "/operations/dead-letters"),
    ];

    private static readonly string[] Resources =
        [.. ReadRoute.All.Where(static route => !route.IsCollection).Select(static route => Parameter().Replace(route.Path, "{0}"))];

    private static readonly string[] Names = ["page", "size", "orderId", "storeId", "customerId", "sort", "reason"];

    private static readonly string[] Values =
    [
        "-1", "0", "1e9", "1000000000", "999999", "2147483648", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "abc", "1.5", "+1",
        "%20%20", "%00", "%ff", "%ed%a0%80", "%f0%9f%92%a3", "NaN", "null", "1,2", "1%0d%0aX:1", "'%20or%201=1", "%", "%zz", "[]", "%EF%BC%91", "0x10",
    ];

    private static readonly HttpMethod[] Verbs =
        [HttpMethod.Get, HttpMethod.Get, HttpMethod.Get, HttpMethod.Head, HttpMethod.Options, HttpMethod.Trace, new("BREW"), new("PROPFIND"), new("get")];

    public Probe Next()
    {
        string service, path;
        if (dice.Once(3))
        {
            service = "Proxy";
            path = string.Format(dice.Pick(Resources), dice.Pick(Values));
        }
        else
        {
            (service, path) = dice.Pick(Collections);
            path += "?" + string.Join('&', Enumerable.Range(0, 1 + dice.Roll(3)).Select(_ => $"{dice.Pick(Names)}={dice.Pick(Values)}"));
        }

        var method = dice.Pick(Verbs);
        return new Probe("query", $"{method} {service}{path}", async () =>
        {
            var reply = await wires.Rest(service, method, path, null, null);
            var hasBody = method != HttpMethod.Head;
            return hasBody || reply.Status >= 500 ? Judge.Rest(reply, path, mayBeFine: true) : null;
        });
    }

    [GeneratedRegex(@"\{\w+\}", RegexOptions.NonBacktracking)]
    private static partial Regex Parameter();
}
