using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using FoodDelivery.Tests.Support.Rest;

namespace FoodDelivery.Tests.EndToEnd.Polyglot;

/// <summary>Takes out of answers what is different each time: times, traces, and the numbers that are dice.</summary>
internal sealed class Plain
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // A membership number, by the order in which they came up.
    private readonly Dictionary<string, string> _members = new(StringComparer.Ordinal);

    public string Of(Answer answer)
    {
        var body = answer.Text.Length == 0 ? null : JsonNode.Parse(answer.Text);
        Note(body);
        var text = $"{answer.Question} → {answer.Status} {answer.Header("Location")} {Of(body)?.ToJsonString(Readable)}";
        return _members.Aggregate(text, static (known, member) => known.Replace(member.Key, member.Value, StringComparison.Ordinal));
    }

    private void Note(JsonNode? body)
    {
        if (body is JsonObject resource && resource["membershipNumber"] is JsonValue number && number.TryGetValue(out string? text))
            _members.TryAdd(text, $"member-{_members.Count}");
    }

    private static JsonNode? Of(JsonNode? node) => node switch
    {
        JsonObject resource => new JsonObject(resource.Where(static field => field.Key != "traceId").Select(static field => KeyValuePair.Create(field.Key, Of(field.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Of)]),
        JsonValue value when value.TryGetValue(out string? text) && IsTime(text) => "a time",
        _ => node?.DeepClone(),
    };

    private static bool IsTime(string text) =>
        text.Length > 18 && text[10] == 'T' && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
