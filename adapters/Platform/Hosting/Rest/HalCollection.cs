using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace FoodDelivery.Platform.Hosting.Rest;

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

    private string To(int page) => $"{_path}{(_path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}page={page}&size={_paging.Size}";
}
