using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace FoodDelivery.Platform.Hosting.Rest;

/// <summary>Reads a JSON object strictly: no duplicates, no comments, no trailing commas, no unpaired surrogates, 16 levels at the most.</summary>
internal static class JsonFields
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    public static Result<RequestBody> Parse(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8, Strict);
            return Read(document.RootElement);
        }
        catch (JsonException broken)
        {
            return Error.Invalid("body", broken.LineNumber is { } line
                ? $"The body is not valid JSON (line {line + 1}, byte {broken.BytePositionInLine + 1})."
                : "The body is not valid JSON: a field stands in it twice.");
        }
        catch (InvalidOperationException)
        {
            // The platform's way of saying that an escaped surrogate, here in a name, has no partner.
            return UnpairedSurrogate();
        }
    }

    public static Result<RequestBody> Read(JsonElement element)
    {
        try
        {
            return element.ValueKind == JsonValueKind.Object
                ? new RequestBody(Fields(element))
                : Error.Invalid("body", "The body must be a JSON object.");
        }
        catch (InvalidOperationException)
        {
            return UnpairedSurrogate();
        }
    }

    private static Error UnpairedSurrogate() => Error.Invalid("body", "The body has a text with an unpaired surrogate.");

    private static IEnumerable<(string, BodyValue)> Fields(JsonElement element)
    {
        foreach (var property in element.EnumerateObject())
        {
            if (Value(property.Value) is { } value)
                yield return (property.Name, value);
        }
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

/// <summary>Reads a form as strictly as JSON: each name once, and valid UTF-8 behind the percent signs.</summary>
internal static class FormFields
{
    public static Result<RequestBody> Parse(ReadOnlySpan<byte> form)
    {
        var fields = new Dictionary<string, BodyValue>(StringComparer.Ordinal);
        foreach (var range in form.Split((byte)'&'))
        {
            var pair = form[range];
            if (pair.IsEmpty)
                continue;

            var equals = pair.IndexOf((byte)'=');
            var name = Decode(equals < 0 ? pair : pair[..equals]);
            var value = Decode(equals < 0 ? [] : pair[(equals + 1)..]);
            if (name is null || value is null)
                return Error.Invalid("body", "The form is not valid UTF-8.");

            if (!fields.TryAdd(name, BodyValue.Of(value)))
                return Error.Invalid("body", $"The form has {name} twice.");
        }

        return new RequestBody(fields.Select(static field => (field.Key, field.Value)));
    }

    private static string? Decode(ReadOnlySpan<byte> encoded)
    {
        Span<byte> bytes = encoded.Length <= 512 ? stackalloc byte[encoded.Length] : new byte[encoded.Length];
        var length = 0;
        for (var i = 0; i < encoded.Length; i++)
        {
            var escaped = encoded[i] == '%' && i + 2 < encoded.Length
                && char.IsAsciiHexDigit((char)encoded[i + 1]) && char.IsAsciiHexDigit((char)encoded[i + 2]);
            bytes[length++] = escaped ? Convert.FromHexString(encoded.Slice(i + 1, 2))[0] : encoded[i] == '+' ? (byte)' ' : encoded[i];
            i += escaped ? 2 : 0;
        }

        return Utf8.IsValid(bytes[..length]) ? Encoding.UTF8.GetString(bytes[..length]) : null;
    }
}

/// <summary>Reads a whole number as people and programs write it: 1, "1", 1.0, 1e3; but not 1.5, "one" or what 64 bits cannot hold.</summary>
internal static class WholeNumber
{
    public static long? Parse(string? text, out string why)
    {
        why = "must be a whole number.";
        if (long.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var whole))
            return whole;

        // Beyond 28 digits, and below zero in the exponent, a decimal would round a fraction away.
        const NumberStyles scientific = NumberStyles.Float;
        if (text is { Length: <= 28 } && !text.Contains("e-", StringComparison.OrdinalIgnoreCase) && decimal.TryParse(text, scientific, CultureInfo.InvariantCulture, out var number))
        {
            if (number is < long.MinValue or > long.MaxValue)
            {
                why = "is too large a number.";
                return null;
            }

            return decimal.IsInteger(number) ? (long)number : null;
        }

        if (double.TryParse(text, scientific, CultureInfo.InvariantCulture, out var huge) && Math.Abs(huge) > long.MaxValue)
            why = "is too large a number.";

        return null;
    }
}
