using System.Text.Json;

namespace FoodDelivery.Platform.Hosting.Rest.Bodies;

/// <summary>Reads a JSON object strictly: no duplicates, no comments, no trailing commas, no unpaired surrogates, 16 levels at the most.</summary>
internal static class JsonFields
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    public static Result<RequestBody> Parse(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new RequestBody(Fields(document.RootElement))
                : Error.Invalid("body", "The body must be a JSON object.");
        }
        catch (JsonException broken)
        {
            return Error.Invalid("body", broken.LineNumber is { } line
                ? $"The body is not valid JSON (line {line + 1}, byte {broken.BytePositionInLine + 1})."
                : "The body is not valid JSON: a field stands in it twice.");
        }
        catch (InvalidOperationException)
        {
            // The platform's way of saying that an escaped surrogate has no partner.
            return Error.Invalid("body", "The body has a text with an unpaired surrogate.");
        }
    }

    private static Dictionary<string, BodyValue> Fields(JsonElement element)
    {
        var fields = new Dictionary<string, BodyValue>(StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject())
        {
            var value = Value(property.Value);
            if (value is not null)
                fields[property.Name] = value;
        }

        return fields;
    }

    private static BodyValue? Value(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => BodyValue.Of(element.GetString()!),
        JsonValueKind.Number => BodyValue.Of(element.GetRawText()),
        JsonValueKind.True => BodyValue.Of(true),
        JsonValueKind.False => BodyValue.Of(false),
        JsonValueKind.Array => BodyValue.Of([.. element.EnumerateArray().Select(Value)]),
        JsonValueKind.Object => BodyValue.Of(new RequestBody(Fields(element))),
        _ => null,
    };
}
