namespace FoodDelivery.Payments;

/// <summary>A payment's number: positive, issued once; a later payment usually has a higher one.</summary>
public readonly record struct PaymentId(long Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}
