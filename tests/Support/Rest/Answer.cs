using System.Text.Json;
using Xunit.Sdk;

namespace FoodDelivery.Tests.Support.Rest;

/// <summary>What a service answered.</summary>
/// <param name="Question">The verb and the path that were asked.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Headers">All headers, repeated ones joined.</param>
/// <param name="Text">The body.</param>
public sealed record Answer(string Question, int Status, IReadOnlyDictionary<string, string> Headers, string Text)
{
    private JsonElement? _body;

    /// <summary>The body as JSON.</summary>
    /// <exception cref="XunitException">It is none.</exception>
    public JsonElement Body => _body ??= Parse();

    /// <summary>This answer, if it has the status.</summary>
    /// <exception cref="XunitException">It has another.</exception>
    public Answer Expect(int status) => Status == status ? this : throw Wrong($"{status} was expected");

    /// <summary>This answer, if it is no refusal.</summary>
    /// <exception cref="XunitException">It is one.</exception>
    public Answer ExpectSuccess() => Status is >= 200 and < 300 ? this : throw Wrong("success was expected");

    /// <summary>A header, or null.</summary>
    public string? Header(string name) => Headers.GetValueOrDefault(name);

    /// <summary>Walks into the body: names and positions, <c>_embedded</c>, <c>orders</c>, <c>0</c>.</summary>
    /// <exception cref="XunitException">There is no such thing.</exception>
    public JsonElement At(params ReadOnlySpan<string> path)
    {
        var here = Body;
        foreach (var step in path)
        {
            if (here.ValueKind == JsonValueKind.Array && int.TryParse(step, out var position) && position < here.GetArrayLength())
                here = here[position];
            else if (here.ValueKind != JsonValueKind.Object || !here.TryGetProperty(step, out here))
                throw Wrong($"'{step}' of '{string.Join('.', path!)}' was expected");
        }

        return here;
    }

    /// <summary>A text of the body.</summary>
    public string Word(params ReadOnlySpan<string> path)
    {
        var found = At(path);
        return found.ValueKind == JsonValueKind.String ? found.GetString()! : throw Wrong($"a text at '{string.Join('.', path!)}' was expected");
    }

    /// <summary>A whole number of the body.</summary>
    public long Number(params ReadOnlySpan<string> path)
    {
        var found = At(path);
        return found.ValueKind == JsonValueKind.Number && found.TryGetInt64(out var number)
            ? number
            : throw Wrong($"a number at '{string.Join('.', path!)}' was expected");
    }

    /// <summary>The members of a collection.</summary>
    public IReadOnlyList<JsonElement> Members(string name) => [.. At("_embedded", name).EnumerateArray()];

    /// <summary>Whether the body has a field.</summary>
    public bool Has(string field) => Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty(field, out _);

    /// <inheritdoc/>
    public override string ToString() => $"{Question} answered {Status}: {Text}";

    private JsonElement Parse()
    {
        try
        {
            return JsonDocument.Parse(Text).RootElement;
        }
        catch (JsonException)
        {
            throw Wrong("JSON was expected");
        }
    }

    private XunitException Wrong(string expectation) => new($"{expectation}, but {this}");
}
