using System.Buffers;
using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using FoodDelivery.Platform.Hosting.Rest;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace FoodDelivery.Platform.Hosting.Errors;

/// <summary>Refusals in REST.</summary>
public static class ErrorProblems
{
    /// <summary>
    /// The refusal as problem details: 400 with <c>field</c> and <c>errors</c>, 404, 409, 403, 422, or 429 and 503 with Retry-After;
    /// <c>reason</c>, <c>expected</c> and <c>orderId</c> where the refusal has them.
    /// </summary>
    public static IResult ToProblem(this Error rejection)
    {
        ArgumentNullException.ThrowIfNull(rejection);
        return new Problem(ErrorCodes.HttpStatus(rejection.Kind), rejection.Reason, rejection.Message)
        {
            Error = rejection,
            RetryAfter = rejection.RetryAfter ?? (rejection.Kind is ErrorKind.Unavailable or ErrorKind.Exhausted ? TimeSpan.FromSeconds(1) : null),
        };
    }

    /// <summary>The answer that <paramref name="accepted"/> makes of the value, or the refusal as problem details.</summary>
    public static IResult ToResult<T>(this Result<T> outcome, Func<T, IResult> accepted)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(accepted);
        return outcome.IsError(out var rejection, out var value) ? rejection.ToProblem() : accepted(value);
    }
}

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

/// <summary>What goes wrong without the domain having said so, as REST answers it.</summary>
internal static class Problems
{
    /// <summary>The client has gone; nobody reads this status but the log and the metrics.</summary>
    public const int ClientClosedRequest = 499;

    /// <summary>The answer to an exception; null for an unexpected one.</summary>
    public static Problem? Of(Exception exception, bool stopping) => exception switch
    {
        BadHttpRequestException bad => new Problem(bad.StatusCode, Word(bad.StatusCode), bad.Message),
        ConcurrencyException => new Problem(
            StatusCodes.Status409Conflict, "CHANGED_MEANWHILE", "It was changed meanwhile; look at it again and repeat."),
        OperationCanceledException when stopping => new Problem(
            StatusCodes.Status503ServiceUnavailable, "STOPPING", "This instance is being stopped; try again.") { RetryAfter = TimeSpan.FromSeconds(1) },
        OperationCanceledException or TimeoutException => new Problem(
            StatusCodes.Status503ServiceUnavailable, "TOO_SLOW", "The answer took too long; try again.") { RetryAfter = TimeSpan.FromSeconds(1) },
        DbException { IsTransient: true } => new Problem(
            StatusCodes.Status503ServiceUnavailable, "DATABASE_AWAY", "The database does not answer, and whether this was done is not known; look at it again, or repeat it under its key.")
        {
            RetryAfter = TimeSpan.FromSeconds(1),
        },
        _ => null,
    };

    public static Problem Unexpected() => new(
        StatusCodes.Status500InternalServerError, "INTERNAL", $"Something unexpected went wrong here; the log has it under {Activity.Current?.TraceId.ToHexString()}.");

    /// <summary>The answer where there is only a status, set by routing for instance.</summary>
    public static Problem OfStatus(int status, HttpContext context) => new(status, Word(status), status switch
    {
        StatusCodes.Status404NotFound => $"There is nothing at {context.Request.Path.Value}.",
        StatusCodes.Status405MethodNotAllowed => $"{context.Request.Method} is not possible here; {context.Response.Headers.Allow} is.",
        StatusCodes.Status415UnsupportedMediaType => $"A body of the type {context.Request.ContentType} is not understood here.",
        StatusCodes.Status502BadGateway or StatusCodes.Status504GatewayTimeout => "The service behind this door does not answer.",
        _ => ReasonPhrases.GetReasonPhrase(status) + ".",
    });

    private static string Word(int status) => ReasonPhrases.GetReasonPhrase(status).ToUpperInvariant().Replace(' ', '_').Replace('-', '_');
}
