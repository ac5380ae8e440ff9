namespace FoodDelivery.Ordering;

/// <summary>Where an order is, in one word: what customers, views and notifications are told.</summary>
public enum OrderStatus
{
    /// <summary>Paid; the store has not answered yet.</summary>
    PaySuccess,

    /// <summary>The payment was declined; the order does not exist. Final.</summary>
    PayFail,

    /// <summary>The store has accepted.</summary>
    Received,

    /// <summary>Being cooked.</summary>
    Cooking,

    /// <summary>Ready to be handed over.</summary>
    Cooked,

    /// <summary>On its way.</summary>
    Delivering,

    /// <summary>Brought to the customer. Final.</summary>
    Delivered,

    /// <summary>Fetched by the customer. Final.</summary>
    PickedUp,

    /// <summary>The store has rejected it; the refund follows.</summary>
    Rejected,

    /// <summary>The customer has asked to cancel; the store decides.</summary>
    CancelRequested,

    /// <summary>The store does not give way; the status before follows at once.</summary>
    CancelDeclined,

    /// <summary>Cancelled; the refund follows.</summary>
    Cancelled,

    /// <summary>The money is back. Final.</summary>
    Refunded,
}
