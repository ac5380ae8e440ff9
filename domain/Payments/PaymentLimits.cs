namespace FoodDelivery.Payments;

/// <summary>What a request to pay may ask for.</summary>
public static class PaymentLimits
{
    /// <summary>The largest amount of one payment, in won.</summary>
    public const long MaxWon = 1_000_000_000;

    /// <summary>Checks an order's number and an amount in won; null if both are acceptable.</summary>
    internal static Error? Check(OrderId order, long amountWon) =>
        CheckOrder(order)
        ?? (amountWon is > 0 and <= MaxWon
            ? null
            : Error.Invalid("price", $"The price must be 1 to {MaxWon} won.") with { Order = order });

    /// <summary>Checks an order's number; null if it is acceptable.</summary>
    internal static Error? CheckOrder(OrderId order) =>
        order.Value > 0 ? null : Error.Invalid("orderId", "An order's number is positive.");
}
