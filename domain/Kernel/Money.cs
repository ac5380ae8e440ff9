namespace FoodDelivery.Kernel;

/// <summary>An amount in South Korean won, which has no minor unit. Never negative.</summary>
public readonly record struct Money : IComparable<Money>
{
    /// <summary>No money.</summary>
    public static readonly Money Zero;

    /// <summary>The amount in won.</summary>
    public long Won { get; }

    /// <exception cref="ArgumentOutOfRangeException"><paramref name="won"/> is negative.</exception>
    public Money(long won)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(won);
        Won = won;
    }

    /// <exception cref="OverflowException">The sum does not fit into 64 bits.</exception>
    public static Money operator +(Money left, Money right) => new(checked(left.Won + right.Won));

    /// <exception cref="OverflowException">The product does not fit into 64 bits.</exception>
    public static Money operator *(Money price, int quantity) => new(checked(price.Won * quantity));

    /// <inheritdoc/>
    public int CompareTo(Money other) => Won.CompareTo(other.Won);

    /// <summary>Whether the left amount is the larger.</summary>
    public static bool operator >(Money left, Money right) => left.Won > right.Won;

    /// <summary>Whether the left amount is the smaller.</summary>
    public static bool operator <(Money left, Money right) => left.Won < right.Won;

    /// <summary>Whether the left amount is the larger, or both are equal.</summary>
    public static bool operator >=(Money left, Money right) => left.Won >= right.Won;

    /// <summary>Whether the left amount is the smaller, or both are equal.</summary>
    public static bool operator <=(Money left, Money right) => left.Won <= right.Won;

    /// <inheritdoc/>
    public override string ToString() => $"{Won} won";
}
