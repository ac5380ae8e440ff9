namespace FoodDelivery.Payments;

/// <summary>Where an order's money is.</summary>
public enum PaymentStatus
{
    /// <summary>The provider has taken it.</summary>
    Approved,

    /// <summary>The provider said no.</summary>
    Declined,

    /// <summary>It is owed back to the customer; the provider has not confirmed that yet.</summary>
    Refunding,

    /// <summary>It is back with the customer.</summary>
    Refunded,

    /// <summary>The order was given up before its payment was known here; nothing can be paid for it any more, and what was taken goes back.</summary>
    Voided,
}
