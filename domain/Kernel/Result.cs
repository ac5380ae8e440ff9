using System.Diagnostics.CodeAnalysis;

namespace FoodDelivery.Kernel;

/// <summary>Either a value or the <see cref="Kernel.Error"/> that stands in its place. <c>default</c> is neither and must not be used.</summary>
public readonly struct Result<T>
    where T : notnull
{
    private readonly T? _value;

    private Result(T? value, Error? rejection) => (_value, Error) = (value, rejection);

    /// <summary>The refusal, or null when there is a value.</summary>
    public Error? Error { get; }

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">There is none: the outcome is a rejection.</exception>
    public T Value => Error is null && _value is not null
        ? _value
        : throw new InvalidOperationException($"A rejected outcome has no value: {Error?.Message}");

    /// <summary>Tells the two apart: true with the refusal, or false with the value.</summary>
    public bool IsError([NotNullWhen(true)] out Error? rejection, [NotNullWhen(false)] out T? value)
    {
        (rejection, value) = (Error, _value);
        return rejection is not null;
    }

    /// <summary>Tells the two apart: true with the refusal.</summary>
    public bool IsError([NotNullWhen(true)] out Error? rejection)
    {
        rejection = Error;
        return rejection is not null;
    }

    /// <summary>A value is an outcome.</summary>
    [SuppressMessage("Usage", "CA2225", Justification = "The conversions are the constructors; a named alternate would be noise.")]
    public static implicit operator Result<T>(T value) => new(value, null);

    /// <summary>A rejection is an outcome.</summary>
    [SuppressMessage("Usage", "CA2225", Justification = "The conversions are the constructors; a named alternate would be noise.")]
    public static implicit operator Result<T>(Error rejection) => new(default, rejection);
}

/// <summary>The value of an outcome that has nothing to say but that it happened.</summary>
public readonly record struct Unit
{
    /// <summary>It happened.</summary>
    public static readonly Unit Value;
}

/// <summary>What sort of no a <see cref="Error"/> is; inbound adapters map it to their protocol's codes.</summary>
public enum ErrorKind
{
    /// <summary>The input is not acceptable whatever the state; <see cref="Error.Field"/> names where.</summary>
    Invalid,

    /// <summary>What the command is about does not exist.</summary>
    NotFound,

    /// <summary>The state forbids the command.</summary>
    Conflict,

    /// <summary>The caller may not do this.</summary>
    Forbidden,

    /// <summary>The payment was declined.</summary>
    Declined,

    /// <summary>An idempotency key was used before with another request.</summary>
    KeyReused,

    /// <summary>Something that is needed is down or overloaded; the same request may succeed later.</summary>
    Unavailable,

    /// <summary>The caller asks too often, or more is asked at once than can be done; later the same request may succeed.</summary>
    Exhausted,

    /// <summary>What is asked for lies beyond the newest there is, which <see cref="Error.Expected"/> names.</summary>
    OutOfRange,
}

/// <summary>A refusal that the domain expects: a value, not an exception.</summary>
/// <param name="Kind">What sort of no this is.</param>
/// <param name="Reason">A stable word for programs, in UPPER_SNAKE_CASE, such as <c>ALREADY_ACCEPTED</c>.</param>
/// <param name="Message">A sentence for people.</param>
public sealed record Error(ErrorKind Kind, string Reason, string Message)
{
    /// <summary>
    /// The part of the request that is at fault, as the model calls it (<c>items[1].quantity</c>), where there is one; each protocol says it in its own words.
    /// </summary>
    public string? Field { get; init; }

    /// <summary>When to try again, for <see cref="ErrorKind.Unavailable"/> and <see cref="ErrorKind.Exhausted"/>.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The order that the refusal is about, where it has a number.</summary>
    public OrderId? Order { get; init; }

    /// <summary>What the field should have been, where that is known: today's price, for instance.</summary>
    public string? Expected { get; init; }

    /// <summary>From when on the same request would be taken, where that is known.</summary>
    public DateTimeOffset? OpensAt { get; init; }

    /// <summary>The input's <paramref name="field"/> is not acceptable.</summary>
    public static Error Invalid(string field, string message, string reason = "INVALID_ARGUMENT") =>
        new(ErrorKind.Invalid, reason, message) { Field = field };

    /// <summary>The input's <paramref name="field"/> lies beyond the <paramref name="newest"/> there is.</summary>
    public static Error OutOfRange(string field, string what, long newest) =>
        new(ErrorKind.OutOfRange, "OUT_OF_RANGE", $"The newest {what} is {newest}.") { Field = field, Expected = newest.ToString() };

    /// <summary>There is no <paramref name="what"/> with that number.</summary>
    public static Error NotFound(string what, object id) =>
        new(ErrorKind.NotFound, what.ToUpperInvariant().Replace(' ', '_') + "_NOT_FOUND", $"There is no {what} {id}.");

    /// <summary>The state forbids the command.</summary>
    public static Error Conflict(string reason, string message) => new(ErrorKind.Conflict, reason, message);

    /// <summary>Something that is needed is down or overloaded.</summary>
    public static Error Unavailable(string reason, string message, TimeSpan retryAfter) =>
        new(ErrorKind.Unavailable, reason, message) { RetryAfter = retryAfter };

    /// <summary>The caller asks too often, or more is asked at once than can be done.</summary>
    public static Error Exhausted(string reason, string message, TimeSpan retryAfter) =>
        new(ErrorKind.Exhausted, reason, message) { RetryAfter = retryAfter };
}
