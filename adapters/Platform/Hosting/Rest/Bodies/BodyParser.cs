using System.Text.Unicode;

namespace FoodDelivery.Platform.Hosting.Rest.Bodies;

/// <summary>Turns a body's bytes into fields, or into a refusal that names <c>body</c>.</summary>
internal static class BodyParser
{
    public static Result<RequestBody> Parse(BodyKind kind, ReadOnlyMemory<byte> bytes)
    {
        var content = bytes.Span.Trim(" \t\r\n"u8);
        if (content.IsEmpty)
            return Error.Invalid("body", "The body is empty; send a JSON object.");

        if (!Utf8.IsValid(content))
            return Error.Invalid("body", "The body is not valid UTF-8.");

        // curl -d calls everything a form.
        return kind == BodyKind.Form && content[0] != '{' ? FormFields.Parse(content) : JsonFields.Parse(bytes);
    }
}
