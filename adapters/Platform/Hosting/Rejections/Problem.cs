using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using FoodDelivery.Platform.Hosting.Rest;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace FoodDelivery.Platform.Hosting.Rejections;

/// <summary>A refusal as REST says it: problem details (RFC 9457).</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Reason">The stable word for programs.</param>
/// <param name="Detail">The sentence for people.</param>
internal sealed record Problem(int Status, string Reason, string Detail) : IResult
{
    private static readonly JsonWriterOptions Manners = new() { Encoder = RestJson.Options.Encoder };

    /// <summary>What the domain added to its refusal.</summary>
    public Error? Error { get; init; }

    /// <summary>When to try again.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        response.ContentType = "application/problem+json; charset=utf-8";
        if (RetryAfter is { } delay)
            response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(delay.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

        var body = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(body, Manners))
        {
            Write(writer, httpContext);
        }

        response.ContentLength = body.WrittenCount;
        await response.Body.WriteAsync(body.WrittenMemory, httpContext.RequestAborted);
    }

    private void Write(Utf8JsonWriter writer, HttpContext context)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "about:blank");
        writer.WriteString("title", ReasonPhrases.GetReasonPhrase(Status));
        writer.WriteNumber("status", Status);
        writer.WriteString("detail", Detail);
        writer.WriteString("instance", context.Request.PathBase + context.Request.Path.Value);
        writer.WriteString("reason", Reason);
        if (Error is not null)
            WriteRejection(writer, Error);

        writer.WriteString("traceId", Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier);
        writer.WriteEndObject();
    }

    private static void WriteRejection(Utf8JsonWriter writer, Error rejection)
    {
        if (rejection.Order is { } order)
            writer.WriteNumber("orderId", order.Value);

        if (rejection.Expected is not null)
            writer.WriteString("expected", rejection.Expected);

        if (rejection.Field is not null)
        {
            writer.WriteString("field", rejection.Field);
            writer.WriteStartObject("errors");
            writer.WriteStartArray(rejection.Field);
            writer.WriteStringValue(rejection.Message);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
    }
}
