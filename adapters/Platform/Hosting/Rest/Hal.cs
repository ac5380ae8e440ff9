using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace FoodDelivery.Platform.Hosting.Rest;

/// <summary>Answers in HAL: a resource with its links, a collection with what it embeds.</summary>
public static class Hal
{
    /// <summary>One resource: its fields, and <c>_links</c> with <c>self</c> and its own <paramref name="name"/>.</summary>
    /// <param name="fields">An object whose properties are the resource's fields.</param>
    /// <param name="self">The resource's path, such as <c>/orders/1</c>.</param>
    /// <param name="name">What it is, in the singular: <c>order</c>.</param>
    public static HalResource Resource(object fields, string self, string name) => new(fields, self, name);

    /// <summary>One page of a collection: <c>_embedded.name</c>, <c>_links</c> and <c>page</c>.</summary>
    /// <param name="name">What it holds, in the plural: <c>orders</c>.</param>
    /// <param name="items">The page's resources.</param>
    /// <param name="paging">Which page it is.</param>
    /// <param name="total">How many there are on all pages.</param>
    /// <param name="path">The collection's path, with its query except page, size and sort.</param>
    public static HalCollection Collection(string name, IReadOnlyList<HalResource> items, Paging paging, Total total, string path) =>
        new(name, items, paging, total, path);
}

/// <summary>A resource with its links, ready to be answered or embedded.</summary>
public sealed class HalResource : IResult
{
    private readonly object _fields;
    private readonly string _self;
    private readonly string _name;
    private int _status = StatusCodes.Status200OK;

    internal HalResource(object fields, string self, string name) => (_fields, _self, _name) = (fields, self, name);

    /// <summary>Answers 201 with the resource's path as Location.</summary>
    public HalResource Created()
    {
        _status = StatusCodes.Status201Created;
        return this;
    }

    /// <summary>Answers 202: what was asked for will be decided later.</summary>
    public HalResource Accepted()
    {
        _status = StatusCodes.Status202Accepted;
        return this;
    }

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        if (_status == StatusCodes.Status201Created)
            httpContext.Response.Headers.Location = Links.Escape(_self);

        var body = new ArrayBufferWriter<byte>(512);
        Write(body);
        return JsonAnswer.Send(httpContext, _status, body.WrittenMemory);
    }

    internal void Write(ArrayBufferWriter<byte> body)
    {
        // The fields are an object; its closing brace makes room for the links.
        ReadOnlySpan<byte> fields = JsonSerializer.SerializeToUtf8Bytes(_fields, _fields.GetType(), RestJson.Options);
        body.Write(fields[..^1]);
        body.Write(fields.Length > 2 ? ",\"_links\":"u8 : "\"_links\":"u8);
        using (var writer = new Utf8JsonWriter(body, JsonAnswer.Manners))
        {
            writer.WriteStartObject();
            Links.Write(writer, "self", _self);
            Links.Write(writer, _name, _self);
            writer.WriteEndObject();
        }

        body.Write("}"u8);
    }
}

/// <summary>One page of a collection, ready to be answered.</summary>
public sealed class HalCollection : IResult
{
    private readonly string _name;
    private readonly IReadOnlyList<HalResource> _items;
    private readonly Paging _paging;
    private readonly Total _total;
    private readonly string _path;

    internal HalCollection(string name, IReadOnlyList<HalResource> items, Paging paging, Total total, string path) =>
        (_name, _items, _paging, _total, _path) = (name, items, paging, total, path);

    private long Pages => (_total.Elements + _paging.Size - 1) / _paging.Size;

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var item = new ArrayBufferWriter<byte>(512);
        var body = new ArrayBufferWriter<byte>(512 * (_items.Count + 1));
        using (var writer = new Utf8JsonWriter(body, JsonAnswer.Manners))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("_embedded");
            writer.WriteStartArray(_name);
            foreach (var resource in _items)
            {
                item.ResetWrittenCount();
                resource.Write(item);
                writer.WriteRawValue(item.WrittenSpan, skipInputValidation: true);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
            WriteLinks(writer);
            WritePage(writer);
            writer.WriteEndObject();
        }

        return JsonAnswer.Send(httpContext, StatusCodes.Status200OK, body.WrittenMemory);
    }

    private void WriteLinks(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("_links");
        Links.Write(writer, "self", _paging == Paging.First ? _path : To(_paging.Number));
        if (_paging.Number > 0)
        {
            Links.Write(writer, "first", To(0));
            Links.Write(writer, "prev", To(_paging.Number - 1));
        }

        if (_paging.Number + 1 < Pages || (_total.Capped && _items.Count == _paging.Size))
            Links.Write(writer, "next", To(_paging.Number + 1));

        writer.WriteEndObject();
    }

    private void WritePage(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("page");
        writer.WriteNumber("size", _paging.Size);
        writer.WriteNumber("totalElements", _total.Elements);
        writer.WriteNumber("totalPages", Pages);
        writer.WriteNumber("number", _paging.Number);
        if (_total.Capped)
            writer.WriteBoolean("totalElementsCapped", true);

        writer.WriteEndObject();
    }

    private string To(int page) => $"{_path}{(_path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{_paging.QueryOf(page)}";
}

/// <summary>Links are paths without a host, so that they hold behind every door that a service is reached through.</summary>
internal static class Links
{
    public static void Write(Utf8JsonWriter writer, string relation, string path)
    {
        writer.WriteStartObject(relation);
        writer.WriteString("href", Escape(path));
        writer.WriteEndObject();
    }

    /// <summary>The path as a URI has it: Korean percent-encoded, what is escaped already left alone.</summary>
    public static string Escape(string path)
    {
        foreach (var character in path)
        {
            if (!char.IsAscii(character))
                return new Uri(new Uri("http://localhost"), path).PathAndQuery;
        }

        return path;
    }
}

/// <summary>Sends a body that is complete, so that its length is known.</summary>
internal static class JsonAnswer
{
    private const string HalJson = "application/hal+json";

    public static readonly JsonWriterOptions Manners = new() { Encoder = RestJson.Options.Encoder };

    public static Task Send(HttpContext context, int status, ReadOnlyMemory<byte> body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = context.Request.Headers.Accept.ToString().Contains(HalJson, StringComparison.OrdinalIgnoreCase) ? HalJson : "application/json; charset=utf-8";
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }
}
