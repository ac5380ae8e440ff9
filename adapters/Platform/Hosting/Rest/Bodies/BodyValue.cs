namespace FoodDelivery.Platform.Hosting.Rest.Bodies;

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
