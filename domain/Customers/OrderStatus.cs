namespace FoodDelivery.Customers;

/// <summary>Where an order is, as its customer is told. Ordering decides it; this context only follows.</summary>
public enum OrderStatus
{
    /// <summary>Paid; the store has not answered yet.</summary>
    PaySuccess = 1,

    /// <summary>The payment was declined; no order exists.</summary>
    PayFail,

    /// <summary>The store has accepted.</summary>
    OrderReceived,

    /// <summary>It is being cooked.</summary>
    Cooking,

    /// <summary>It waits for the rider or the customer.</summary>
    Cooked,

    /// <summary>It is on its way.</summary>
    Delivering,

    /// <summary>The customer has it, at home.</summary>
    Delivered,

    /// <summary>The customer has it, from the store.</summary>
    PickedUp,

    /// <summary>The store has rejected it; the refund follows.</summary>
    OrderRejected,

    /// <summary>The customer has asked to cancel; the store decides.</summary>
    CancelRequested,

    /// <summary>The store has declined to cancel; the status before follows at once.</summary>
    CancelDeclined,

    /// <summary>Cancelled; the refund follows.</summary>
    OrderCancel,

    /// <summary>The money is back.</summary>
    Refunded,
}
