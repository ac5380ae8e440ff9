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
