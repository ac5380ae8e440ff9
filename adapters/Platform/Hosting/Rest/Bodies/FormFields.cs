using System.Text;
using System.Text.Unicode;

namespace FoodDelivery.Platform.Hosting.Rest.Bodies;

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

        return new RequestBody(fields);
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
