using System.Data.Common;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using FoodDelivery.Platform.Hosting.Health;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Platform.Hosting.Errors;

/// <summary>
/// Why a request is not done, whatever protocol it came by. How that is said is the affair of the <see cref="IRefusalWriter"/> among its endpoint's metadata, else of
/// a registered one that knows the request for its own, else it is problem details.
/// </summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Reason">The stable word for programs.</param>
/// <param name="Detail">The sentence for people.</param>
public sealed record Refusal(int Status, string Reason, string Detail) : IResult
{
    /// <summary>The client has gone; nobody reads this status but the log and the metrics.</summary>
    internal const int ClientClosedRequest = 499;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    /// <summary>What the domain said, if it is its refusal.</summary>
    public Error? Error { get; init; }

    /// <summary>When to try again.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What <c>WWW-Authenticate</c> says (RFC 6750); null where a token would not help.</summary>
    public string? Challenge { get; init; }

    /// <summary>Whether nothing is known but the status, as routing sets it.</summary>
    internal bool IsStatusAlone { get; private init; }

    /// <summary>A refusal of the domain's.</summary>
    public static Refusal Of(Error error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return new Refusal(HttpStatus(error.Kind), error.Reason, error.Message)
        {
            Error = error,
            RetryAfter = error.RetryAfter ?? (error.Kind is ErrorKind.Unavailable or ErrorKind.Exhausted ? Soon : null),
        };
    }

    /// <summary>Counts it, and says it in the request's protocol.</summary>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        if (!WarmUpCalls.Has(httpContext))
            httpContext.RequestServices.GetRequiredService<RefusalMetrics>().Count(Reason);

        if (Challenge is not null)
            httpContext.Response.Headers.WWWAuthenticate = Challenge;

        return Writer(httpContext).Write(httpContext, this);
    }

    internal static IRefusalWriter Writer(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<IRefusalWriter>()
        ?? context.RequestServices.GetServices<IRefusalWriter>().FirstOrDefault(writer => writer.Speaks(context.Request))
        ?? ProblemWriter.Instance;

    /// <summary>What an exception means that no handler has caught; null for an unexpected one.</summary>
    internal static Refusal? Of(Exception exception, bool stopping) => exception switch
    {
        BadHttpRequestException bad => new(bad.StatusCode, Word(bad.StatusCode), bad.Message),
        ConcurrencyException => new(StatusCodes.Status409Conflict, "CHANGED_MEANWHILE", "It was changed meanwhile; look at it again and repeat."),
        OperationCanceledException when stopping => Later("STOPPING", "This instance is being stopped; try again."),
        OperationCanceledException or TimeoutException => Later("TOO_SLOW", "The answer took too long; try again."),
        DbException { IsTransient: true } =>
            Later("DATABASE_AWAY", "The database does not answer, and whether this was done is not known; look at it again, or repeat it under its key."),
        _ => null,
    };

    internal static Refusal Unexpected() => new(
        StatusCodes.Status500InternalServerError, "INTERNAL", $"Something unexpected went wrong here; the log has it under {Activity.Current?.TraceId.ToHexString()}.");

    /// <summary>What a status means that was set without a word, by routing for instance.</summary>
    internal static Refusal OfStatus(HttpContext context)
    {
        var status = context.Response.StatusCode;
        return new(status, Word(status), status switch
        {
            StatusCodes.Status404NotFound => $"There is nothing at {context.Request.Path.Value}.",
            StatusCodes.Status405MethodNotAllowed => $"{context.Request.Method} is not possible here; {context.Response.Headers.Allow} is.",
            StatusCodes.Status415UnsupportedMediaType => $"A body of the type {context.Request.ContentType} is not understood here.",
            StatusCodes.Status502BadGateway or StatusCodes.Status504GatewayTimeout => "The service behind this door does not answer.",
            _ => ReasonPhrases.GetReasonPhrase(status) + ".",
        })
        {
            IsStatusAlone = true,
        };
    }

    /// <summary>Try again soon.</summary>
    internal static Refusal Later(string reason, string detail) => new(StatusCodes.Status503ServiceUnavailable, reason, detail) { RetryAfter = Soon };

    private static int HttpStatus(ErrorKind kind) => kind switch
    {
        ErrorKind.Invalid or ErrorKind.OutOfRange => StatusCodes.Status400BadRequest,
        ErrorKind.NotFound => StatusCodes.Status404NotFound,
        ErrorKind.Conflict => StatusCodes.Status409Conflict,
        ErrorKind.Forbidden => StatusCodes.Status403Forbidden,
        ErrorKind.Declined or ErrorKind.KeyReused => StatusCodes.Status422UnprocessableEntity,
        ErrorKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        ErrorKind.Exhausted => StatusCodes.Status429TooManyRequests,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A kind of refusal that the table does not know."),
    };

    private static string Word(int status) => ReasonPhrases.GetReasonPhrase(status).ToUpperInvariant().Replace(' ', '_').Replace('-', '_');
}

/// <summary>A protocol's form of a refusal: among an endpoint's metadata, and registered, for requests that reach no endpoint.</summary>
public interface IRefusalWriter
{
    /// <summary>Whether a request is of this protocol, by its content type for instance.</summary>
    bool Speaks(HttpRequest request);

    /// <summary>Writes the whole answer; nothing of it has been sent.</summary>
    Task Write(HttpContext context, Refusal refusal);
}

/// <summary>What a protocol calls the parts of requests that the model calls otherwise.</summary>
/// <param name="names">The model's names and the protocol's.</param>
public sealed class FieldNames(params IReadOnlyList<(string Model, string Protocol)> names)
{
    /// <summary>The refusal, with its field in the protocol's words.</summary>
    public Error Translate(Error error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return error.Field is null ? error : error with { Field = string.Join('.', error.Field.Split('.').Select(Translate)) };
    }

    private string Translate(string part)
    {
        var end = part.IndexOf('[', StringComparison.Ordinal);
        var name = end < 0 ? part : part[..end];
        return (names.FirstOrDefault(pair => string.Equals(pair.Model, name, StringComparison.Ordinal)).Protocol ?? name) + part[name.Length..];
    }
}

/// <summary>Makes refusals of what the domain answers.</summary>
public static class Refusals
{
    /// <summary>
    /// The refusal as a result; as problem details that is 400 with <c>field</c> and <c>errors</c>, 404, 409, 403, 422, or 429 and 503 with Retry-After;
    /// <c>reason</c>, <c>expected</c> and <c>orderId</c> where the refusal has them.
    /// </summary>
    public static IResult ToProblem(this Error rejection) => Refusal.Of(rejection);

    /// <summary>The answer that <paramref name="accepted"/> makes of the value, or the refusal.</summary>
    public static IResult ToResult<T>(this Result<T> outcome, Func<T, IResult> accepted)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(accepted);
        return outcome.IsError(out var rejection, out var value) ? Refusal.Of(rejection) : accepted(value);
    }

    /// <summary>The value, or the refusal with its field in a protocol's words.</summary>
    public static Result<T> In<T>(this Result<T> outcome, FieldNames names)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(names);
        return outcome.IsError(out var rejection) ? names.Translate(rejection) : outcome;
    }

    /// <summary>Refuses a request before it has reached a handler.</summary>
    public static Task Refuse(this HttpContext context, Error rejection) => Refusal.Of(rejection).ExecuteAsync(context);
}

/// <summary>Counts refusals by their reason, whatever the protocol and its status.</summary>
internal sealed class RefusalMetrics(IMeterFactory meters)
{
    private readonly Counter<long> _refusals = meters.Create("fooddelivery.hosting").CreateCounter<long>(
        "fooddelivery.refusals", "{request}", "Requests and calls that were refused, by the refusal's reason.");

    public void Count(string reason) => _refusals.Add(1, new KeyValuePair<string, object?>("reason", reason));
}
