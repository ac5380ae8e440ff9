using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace FoodDelivery.Platform.Hosting.Rest;

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
