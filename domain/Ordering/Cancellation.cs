namespace FoodDelivery.Ordering;

/// <summary>How far an order has been undone, whatever its progress.</summary>
public enum Cancellation
{
    /// <summary>Nobody wants it undone.</summary>
    None,

    /// <summary>The customer has asked; the store decides.</summary>
    Requested,

    /// <summary>The store has rejected the order; the refund follows.</summary>
    Rejected,

    /// <summary>Cancelled; the refund follows.</summary>
    Cancelled,

    /// <summary>The money is back.</summary>
    Refunded,
}
