using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace FoodDelivery.Platform.Hosting.Rest;

/// <summary>
/// A request's fields, from JSON or from a form, each under any of several names: the canonical one first, then its aliases; case is ignored, and names and
/// texts are read in composed form (NFC). A field that is absent or null is no error here; a field of the wrong type is refused by the name that the caller
/// used, and so is one that is there twice and differs.
/// </summary>
public sealed class RequestBody
{
    private readonly Dictionary<string, BodyField> _fields = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);

    internal RequestBody(IEnumerable<(string Name, BodyValue Value)> fields)
    {
        foreach (var (name, value) in fields)
        {
            var composed = UnicodeText.Compose(name);
            if (!_fields.TryAdd(composed, new BodyField(name, value)) && !_fields[composed].Value.IsSame(value))
                _fields[composed] = _fields[composed] with { Rival = name };
        }
    }

    /// <summary>Reads the body: a JSON object or a form, in UTF-8, of 64 KiB at the most.</summary>
    /// <exception cref="BadHttpRequestException">413 for a larger body, 415 for another content type, 400 for a broken connection.</exception>
    public static async Task<Result<RequestBody>> Read(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var format = BodyFormat.Of(context.Request);
        var bytes = await BodyBytes.Read(context.Request, context.RequestAborted);
        return BodyParser.Parse(format, bytes);
    }

    /// <summary>Reads the body as it is, of 64 KiB at the most: for what is signed.</summary>
    /// <exception cref="BadHttpRequestException">413 for a larger body, 400 for a broken connection.</exception>
    public static Task<ReadOnlyMemory<byte>> ReadBytes(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return BodyBytes.Read(context.Request, context.RequestAborted);
    }

    /// <summary>Takes the fields of a JSON object that came another way than as a body, such as a JSON-RPC call's params; refused if it is no object.</summary>
    public static Result<RequestBody> From(JsonElement element) => JsonFields.Read(element);

    /// <summary>Reads a text, or a number as it was written. Null if absent.</summary>
    public bool TryText(out string? value, [NotNullWhen(false)] out Error? rejection, params ReadOnlySpan<string> names)
    {
        (value, rejection) = (null, null);
        if (!Find(names, out var name, out var found, out rejection) || found is null)
            return rejection is null;

        value = found.Text;
        rejection = value is null ? Error.Invalid(name, $"{name} must be a text.") : Flaw(name, value);
        return rejection is null;
    }

    /// <summary>Reads a whole number, quoted or not. Null if absent.</summary>
    public bool TryInteger(out long? value, [NotNullWhen(false)] out Error? rejection, params ReadOnlySpan<string> names)
    {
        (value, rejection) = (null, null);
        if (!Find(names, out var name, out var found, out rejection) || found is null)
            return rejection is null;

        value = WholeNumber.Parse(found.Text, out var why);
        rejection = value is null ? Error.Invalid(name, $"{name} {why}") : null;
        return rejection is null;
    }

    /// <summary>Reads a truth value, quoted or not. Null if absent.</summary>
    public bool TryFlag(out bool? value, [NotNullWhen(false)] out Error? rejection, params ReadOnlySpan<string> names)
    {
        (value, rejection) = (null, null);
        if (!Find(names, out var name, out var found, out rejection) || found is null)
            return rejection is null;

        value = found.Flag;
        rejection = value is null ? Error.Invalid(name, $"{name} must be true or false.") : null;
        return rejection is null;
    }

    /// <summary>Reads a list of objects. Null if absent.</summary>
    public bool TryList(out IReadOnlyList<RequestBody>? value, [NotNullWhen(false)] out Error? rejection, params ReadOnlySpan<string> names)
    {
        (value, rejection) = (null, null);
        if (!Find(names, out var name, out var found, out rejection) || found is null)
            return rejection is null;

        value = found.Objects;
        rejection = value is null ? Error.Invalid(name, $"{name} must be a list of objects.") : null;
        return rejection is null;
    }

    /// <summary>Reads a list of texts; a single text is a list of one. Null if absent.</summary>
    public bool TryTexts(out IReadOnlyList<string>? value, [NotNullWhen(false)] out Error? rejection, params ReadOnlySpan<string> names)
    {
        (value, rejection) = (null, null);
        if (!Find(names, out var name, out var found, out rejection) || found is null)
            return rejection is null;

        value = found.Texts;
        rejection = value is null
            ? Error.Invalid(name, $"{name} must be a list of texts.")
            : value.Select(text => Flaw(name, text)).FirstOrDefault(static flaw => flaw is not null);
        return rejection is null;
    }

    /// <summary>
    /// Refuses a field that nothing was read from, if its name is a letter or two from one that was asked for: where money moves, it is not to move for something
    /// else because of a slip of the hand. Ask when all else is read.
    /// </summary>
    public bool IsSpeltRight([NotNullWhen(false)] out Error? rejection)
    {
        rejection = null;
        foreach (var (name, field) in _fields)
        {
            if (!_known.Contains(name) && _known.FirstOrDefault(known => Spelling.IsSlipOf(known, name)) is { } meant)
            {
                rejection = Error.Invalid(field.Name, $"There is no field {field.Name}; {meant} was meant, perhaps.", "FIELD_UNKNOWN");
                return false;
            }
        }

        return true;
    }

    private static Error? Flaw(string name, string text) => UnicodeText.Validate(text) is { } flaw ? Error.Invalid(name, $"{name} {flaw}.") : null;

    private bool Find(ReadOnlySpan<string> names, out string name, out BodyValue? found, [NotNullWhen(false)] out Error? rejection)
    {
        (name, found, rejection) = ("", null, null);
        foreach (var candidate in names)
        {
            _known.Add(candidate);
            if (!_fields.TryGetValue(candidate, out var field))
                continue;

            if (field.Rival is not null || found?.IsSame(field.Value) == false)
            {
                var other = field.Rival is null ? name : field.Name;
                name = field.Rival ?? field.Name;
                rejection = Error.Invalid(name, $"{other} and {name} mean the same, and differ.", "FIELD_AMBIGUOUS");
                return false;
            }

            (name, found) = found is null ? (field.Name, field.Value) : (name, found);
        }

        return true;
    }
}

/// <summary>A field as the caller wrote it.</summary>
/// <param name="Name">The name that the caller used.</param>
/// <param name="Value">What it is.</param>
/// <param name="Rival">Another spelling of the name, under which something else stands; null: there is none.</param>
internal sealed record BodyField(string Name, BodyValue Value, string? Rival = null);

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

    public static BodyValue Of(string text) => new(text: UnicodeText.Compose(text));

    public static BodyValue Of(bool flag) => new(flag: flag);

    public static BodyValue Of(RequestBody inner) => new(inner: inner);

    public static BodyValue Of(IReadOnlyList<BodyValue?> list) => new(list: list);

    /// <summary>Whether both say the same; objects never do.</summary>
    public bool IsSame(BodyValue other) => string.Equals(Text, other.Text, StringComparison.Ordinal)
        && _flag == other._flag
        && _object is null && other._object is null
        && (_list is null ? other._list is null : other._list?.Count == _list.Count && _list.Zip(other._list).All(static pair => pair.First is null ? pair.Second is null : pair.Second is not null && pair.First.IsSame(pair.Second)));

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
