namespace FoodDelivery.Kernel;

/// <summary>An order's number: positive, issued once and never again, and the same in every context.</summary>
public readonly record struct OrderId(long Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>A store's number: positive.</summary>
public readonly record struct StoreId(long Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}
