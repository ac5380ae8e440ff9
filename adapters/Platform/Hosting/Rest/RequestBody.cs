using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace FoodDelivery.Platform.Hosting.Rest;

/// <summary>
/// A request's fields, from JSON or from a form, each under any of several names: the canonical one first, then its aliases.
/// A field that is absent or null is no error here; a field of the wrong type is refused by the name that the caller used.
/// </summary>
public sealed class RequestBody
{
    private readonly Dictionary<string, BodyValue> _fields;

    internal RequestBody(Dictionary<string, BodyValue> fields) => _fields = fields;

    /// <summary>Reads the body: a JSON object or a form, in UTF-8, of 64 KiB at the most.</summary>
    /// <exception cref="BadHttpRequestException">413 for a larger body, 415 for another content type, 400 for a broken connection.</exception>
    public static async Task<Result<RequestBody>> Read(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var format = BodyFormat.Of(context.Request);
        var bytes = await BodyBytes.Read(context.Request, context.RequestAborted);
        return BodyParser.Parse(format, bytes);
    }

    /// <summary>Takes the fields of a JSON object that came another way than as a body, such as a JSON-RPC call's params; refused if it is no object.</summary>
    public static Result<RequestBody> From(JsonElement element) => JsonFields.Read(element);

    /// <summary>Reads a text, or a number as it was written. Null if absent.</summary>
    public bool TryText(out string? value, [NotNullWhen(false)] out Error? rejection, params ReadOnlySpan<string> names)
    {
        (value, rejection) = (null, null);
        if (!Find(names, out var name, out var found))
            return true;

        value = found.Text;
        rejection = value switch
        {
            null => Error.Invalid(name, $"{name} must be a text."),
            _ when value.Contains('\0', StringComparison.Ordinal) => Error.Invalid(name, $"{name} must not contain the character U+0000."),
            _ => null,
        };
        return rejection is null;
    }

    /// <summary>Reads a whole number, quoted or not. Null if absent.</summary>
    public bool TryInteger(out long? value, [NotNullWhen(false)] out Error? rejection, params ReadOnlySpan<string> names)
    {
        (value, rejection) = (null, null);
        if (!Find(names, out var name, out var found))
            return true;

        value = WholeNumber.Parse(found.Text, out var why);
        rejection = value is null ? Error.Invalid(name, $"{name} {why}") : null;
        return rejection is null;
    }

    /// <summary>Reads a truth value, quoted or not. Null if absent.</summary>
    public bool TryFlag(out bool? value, [NotNullWhen(false)] out Error? rejection, params ReadOnlySpan<string> names)
    {
        (value, rejection) = (null, null);
        if (!Find(names, out var name, out var found))
            return true;

        value = found.Flag;
        rejection = value is null ? Error.Invalid(name, $"{name} must be true or false.") : null;
        return rejection is null;
    }

    /// <summary>Reads a list of objects. Null if absent.</summary>
    public bool TryList(out IReadOnlyList<RequestBody>? value, [NotNullWhen(false)] out Error? rejection, params ReadOnlySpan<string> names)
    {
        (value, rejection) = (null, null);
        if (!Find(names, out var name, out var found))
            return true;

        value = found.Objects;
        rejection = value is null ? Error.Invalid(name, $"{name} must be a list of objects.") : null;
        return rejection is null;
    }

    /// <summary>Reads a list of texts; a single text is a list of one. Null if absent.</summary>
    public bool TryTexts(out IReadOnlyList<string>? value, [NotNullWhen(false)] out Error? rejection, params ReadOnlySpan<string> names)
    {
        (value, rejection) = (null, null);
        if (!Find(names, out var name, out var found))
            return true;

        value = found.Texts;
        rejection = value is null ? Error.Invalid(name, $"{name} must be a list of texts.") : null;
        return rejection is null;
    }

    private bool Find(ReadOnlySpan<string> names, [NotNullWhen(true)] out string? name, [NotNullWhen(true)] out BodyValue? found)
    {
        foreach (var candidate in names)
        {
            if (_fields.TryGetValue(candidate, out found))
            {
                name = candidate;
                return true;
            }
        }

        (name, found) = (null, null);
        return false;
    }
}

/// <summary>One field's value, as far as commands need it.</summary>
internal sealed class BodyValue
{
    private readonly bool? _flag;
    private readonly RequestBody? _object;
    private readonly IReadOnlyList<BodyValue?>? _list;

    private BodyValue(string? text = null, bool? flag = null, RequestBody? inner = null, IReadOnlyList<BodyValue?>? list = null) =>
        (Text, _flag, _object, _list) = (text, flag, inner, list);

    /// <summary>A text, or a number as it was written.</summary>
    public string? Text { get; }

    public bool? Flag => _flag ?? (bool.TryParse(Text, out var flag) ? flag : null);

    public IReadOnlyList<RequestBody>? Objects => AllOf(static value => value?._object);

    public IReadOnlyList<string>? Texts => Text is null ? AllOf(static value => value?.Text) : [Text];

    public static BodyValue Of(string text) => new(text: text);

    public static BodyValue Of(bool flag) => new(flag: flag);

    public static BodyValue Of(RequestBody inner) => new(inner: inner);

    public static BodyValue Of(IReadOnlyList<BodyValue?> list) => new(list: list);

    private List<T>? AllOf<T>(Func<BodyValue?, T?> pick)
        where T : class
    {
        if (_list is null)
            return null;

        var picked = new List<T>(_list.Count);
        foreach (var value in _list)
        {
            if (pick(value) is not { } item)
                return null;

            picked.Add(item);
        }

        return picked;
    }
}
