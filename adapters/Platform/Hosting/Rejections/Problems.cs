using System.Data.Common;
using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace FoodDelivery.Platform.Hosting.Rejections;

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
