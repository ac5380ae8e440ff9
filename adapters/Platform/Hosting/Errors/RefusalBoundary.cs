using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using FoodDelivery.Platform.Hosting.Rest;
using FoodDelivery.Platform.Hosting.Health;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Platform.Hosting.Errors;

/// <summary>Nothing leaves but an answer or a refusal in the caller's protocol: neither a stack trace nor an empty error. What gRPC's handlers throw has a boundary of its own.</summary>
internal sealed partial class RefusalBoundary(RequestDelegate next, Draining draining, ILogger<RefusalBoundary> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            await Answer(context, exception);
            return;
        }

        // What has a body, if only an empty one, is somebody's answer; in problem details it stays as it is.
        if (context.Response is { StatusCode: >= 400, HasStarted: false } response
            && (response is { ContentLength: null, ContentType: null } || Refusal.Writer(context) is not ProblemWriter))
        {
            await Refusal.OfStatus(context).ExecuteAsync(context);
        }
    }

    private Task Answer(HttpContext context, Exception exception)
    {
        if (exception is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = Refusal.ClientClosedRequest;
            return Task.CompletedTask;
        }

        if (Refusal.Of(exception, draining.HasBegun) is { } refusal)
            return refusal.ExecuteAsync(context);

        Unexpected(exception, context.Request.Method, context.Request.Path);
        return Refusal.Unexpected().ExecuteAsync(context);
    }

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed unexpectedly.")]
    private partial void Unexpected(Exception exception, string method, string path);
}

/// <summary>Problem details (RFC 9457), for whoever has no form of its own.</summary>
internal sealed class ProblemWriter : IRefusalWriter
{
    public static readonly ProblemWriter Instance = new();

    private static readonly JsonWriterOptions Manners = new() { Encoder = RestJson.Options.Encoder };

    public bool Speaks(HttpRequest request) => true;

    public async Task Write(HttpContext context, Refusal refusal)
    {
        var response = context.Response;
        response.StatusCode = refusal.Status;
        response.ContentType = "application/problem+json; charset=utf-8";
        if (refusal.RetryAfter is { } delay)
            response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(delay.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

        var body = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(body, Manners))
        {
            writer.WriteStartObject();
            writer.WriteString("type", "about:blank");
            writer.WriteString("title", ReasonPhrases.GetReasonPhrase(refusal.Status));
            writer.WriteNumber("status", refusal.Status);
            writer.WriteString("detail", refusal.Detail);
            writer.WriteString("instance", context.Request.PathBase + context.Request.Path.Value);
            writer.WriteString("reason", refusal.Reason);
            if (refusal.Error is not null)
                Write(writer, refusal.Error);

            writer.WriteString("traceId", Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier);
            writer.WriteEndObject();
        }

        response.ContentLength = body.WrittenCount;
        await response.Body.WriteAsync(body.WrittenMemory, context.RequestAborted);
    }

    private static void Write(Utf8JsonWriter writer, Error error)
    {
        if (error.Order is { } order)
            writer.WriteNumber("orderId", order.Value);

        if (error.Expected is not null)
            writer.WriteString("expected", error.Expected);

        if (error.OpensAt is { } opens)
            writer.WriteString("opensAt", opens.UtcDateTime);

        if (error.Field is not null)
        {
            writer.WriteString("field", error.Field);
            writer.WriteStartObject("errors");
            writer.WriteStartArray(error.Field);
            writer.WriteStringValue(error.Message);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
    }
}
