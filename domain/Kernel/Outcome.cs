using System.Diagnostics.CodeAnalysis;

namespace FoodDelivery.Kernel;

/// <summary>Either a value or the <see cref="Kernel.Rejection"/> that stands in its place. <c>default</c> is neither and must not be used.</summary>
public readonly struct Outcome<T>
    where T : notnull
{
    private readonly T? _value;

    private Outcome(T? value, Rejection? rejection) => (_value, Rejection) = (value, rejection);

    /// <summary>The refusal, or null when there is a value.</summary>
    public Rejection? Rejection { get; }

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">There is none: the outcome is a rejection.</exception>
    public T Value => Rejection is null && _value is not null
        ? _value
        : throw new InvalidOperationException($"A rejected outcome has no value: {Rejection?.Message}");

    /// <summary>Tells the two apart: true with the refusal, or false with the value.</summary>
    public bool IsRejected([NotNullWhen(true)] out Rejection? rejection, [NotNullWhen(false)] out T? value)
    {
        (rejection, value) = (Rejection, _value);
        return rejection is not null;
    }

    /// <summary>Tells the two apart: true with the refusal.</summary>
    public bool IsRejected([NotNullWhen(true)] out Rejection? rejection)
    {
        rejection = Rejection;
        return rejection is not null;
    }

    /// <summary>A value is an outcome.</summary>
    [SuppressMessage("Usage", "CA2225", Justification = "The conversions are the constructors; a named alternate would be noise.")]
    public static implicit operator Outcome<T>(T value) => new(value, null);

    /// <summary>A rejection is an outcome.</summary>
    [SuppressMessage("Usage", "CA2225", Justification = "The conversions are the constructors; a named alternate would be noise.")]
    public static implicit operator Outcome<T>(Rejection rejection) => new(default, rejection);
}

/// <summary>The value of an outcome that has nothing to say but that it happened.</summary>
public readonly record struct Done
{
    /// <summary>It happened.</summary>
    public static readonly Done Now;
}
