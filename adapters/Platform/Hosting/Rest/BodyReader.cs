using System.Buffers;
using System.IO.Pipelines;
using System.Text.Unicode;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace FoodDelivery.Platform.Hosting.Rest;

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

/// <summary>What a body claims to be.</summary>
internal enum BodyKind
{
    Json,
    Form,
}

/// <summary>Takes the claim from the content type; a body without one is JSON.</summary>
internal static class BodyFormat
{
    public static BodyKind Of(HttpRequest request)
    {
        if (string.IsNullOrWhiteSpace(request.ContentType))
            return BodyKind.Json;

        if (MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && IsUtf8(type))
        {
            if (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
                || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase))
            {
                return BodyKind.Json;
            }

            if (type.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
                return BodyKind.Form;
        }

        throw new BadHttpRequestException(
            "The body must be application/json or application/x-www-form-urlencoded, in UTF-8.", StatusCodes.Status415UnsupportedMediaType);
    }

    private static bool IsUtf8(MediaTypeHeaderValue type) =>
        !type.Charset.HasValue || type.Charset.AsSpan().Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase)
        || type.Charset.AsSpan().Trim('"').Equals("utf8", StringComparison.OrdinalIgnoreCase)
        || type.Charset.AsSpan().Trim('"').Equals("us-ascii", StringComparison.OrdinalIgnoreCase);
}

/// <summary>Reads a whole body, bounded, and takes a byte order mark off.</summary>
internal static class BodyBytes
{
    private const int Most = 64 * 1024;

    public static async Task<ReadOnlyMemory<byte>> Read(HttpRequest request, CancellationToken cancellation)
    {
        if (request.ContentLength > Most)
            throw TooLarge();

        while (true)
        {
            var read = await Next(request, cancellation);
            if (read.Buffer.Length > Most)
            {
                // What was read must be given back, or the server cannot read the rest away and ends the connection.
                request.BodyReader.AdvanceTo(read.Buffer.End);
                throw TooLarge();
            }

            if (read.IsCompleted)
            {
                var bytes = read.Buffer.ToArray();
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes.AsMemory(3) : bytes;
            }

            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static async ValueTask<ReadResult> Next(HttpRequest request, CancellationToken cancellation)
    {
        try
        {
            return await request.BodyReader.ReadAsync(cancellation);
        }
        catch (IOException broken) when (broken is not (BadHttpRequestException or ConnectionResetException))
        {
            // A chunk of an impossible size is not among what the server itself calls a bad request.
            throw new BadHttpRequestException("The body's transfer coding is broken.", StatusCodes.Status400BadRequest, broken);
        }
    }

    private static BadHttpRequestException TooLarge() =>
        new($"The body must not be larger than {Most / 1024} KiB.", StatusCodes.Status413PayloadTooLarge);
}
