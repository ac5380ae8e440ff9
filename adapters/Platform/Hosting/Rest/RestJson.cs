using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FoodDelivery.Platform.Hosting.Rest;

/// <summary>How every REST answer is written: camelCase, Korean and emoji as they are, times as ISO 8601 in UTC, enums in snake_case.</summary>
public static class RestJson
{
    /// <summary>The one set of options. Answers are JSON and never part of a page, so nothing needs escaping for HTML.</summary>
    public static readonly JsonSerializerOptions Options = Make();

    /// <summary>Gives other options the same manners.</summary>
    public static void Apply(JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.Encoder = PlainJsonEncoder.Instance;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.Converters.Add(new InstantConverter());
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower));
    }

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Apply(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}

/// <summary>Writes an instant as ISO 8601 in UTC with milliseconds, whatever offset it came with.</summary>
internal sealed class InstantConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        Span<char> text = stackalloc char[32];
        value.UtcDateTime.TryFormat(text, out var length, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        writer.WriteStringValue(text[..length]);
    }
}

/// <summary>
/// Escapes what JSON demands and no more: quotation marks, backslashes, control characters. The platform's relaxed encoder still
/// escapes everything beyond the basic plane, so that an emoji would be unreadable in a terminal.
/// </summary>
internal sealed class PlainJsonEncoder : JavaScriptEncoder
{
    public static readonly PlainJsonEncoder Instance = new();

    private static readonly SearchValues<char> Special = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(static code => (char)code), '"', '\\', '\u007F', .. Enumerable.Range(0xD800, 0x800).Select(static code => (char)code)]);

    public override int MaxOutputCharactersPerInputCharacter => 6;

    public override bool WillEncode(int unicodeScalar) => unicodeScalar is < 0x20 or '"' or '\\' or 0x7F;

    public override unsafe int FindFirstCharacterToEncode(char* text, int textLength)
    {
        var rest = new ReadOnlySpan<char>(text, textLength);
        while (true)
        {
            var at = rest.IndexOfAny(Special);
            if (at < 0 || Rune.DecodeFromUtf16(rest[at..], out var rune, out var length) != OperationStatus.Done || WillEncode(rune.Value))
                return at < 0 ? -1 : textLength - rest.Length + at;

            rest = rest[(at + length)..];
        }
    }

    public override unsafe bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        var target = new Span<char>(buffer, bufferLength);
        if (!WillEncode(unicodeScalar))
            return new Rune(unicodeScalar).TryEncodeToUtf16(target, out numberOfCharactersWritten);

        if (unicodeScalar is '"' or '\\')
        {
            numberOfCharactersWritten = 2;
            return "\\".TryCopyTo(target) && Append(target, (char)unicodeScalar);
        }

        numberOfCharactersWritten = 6;
        return "\\u".TryCopyTo(target) && bufferLength >= 6 && unicodeScalar.TryFormat(target[2..], out _, "X4", CultureInfo.InvariantCulture);
    }

    private static bool Append(Span<char> target, char character)
    {
        if (target.Length < 2)
            return false;

        target[1] = character;
        return true;
    }
}

/// <summary>Where the model has an empty text, JSON has null: there is none.</summary>
public static class AbsentText
{
    /// <summary>The text, or null for an empty one.</summary>
    public static string? OrNull(this string text) => string.IsNullOrEmpty(text) ? null : text;
}
