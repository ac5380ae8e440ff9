namespace FoodDelivery.Ordering;

/// <summary>What became of an attempt to order. Open once, then one of the others for ever.</summary>
public enum AttemptState
{
    /// <summary>Being paid, or left behind by a process that died.</summary>
    Open,

    /// <summary>Paid; it is an order now.</summary>
    Placed,

    /// <summary>The payment was declined.</summary>
    Declined,

    /// <summary>Given up by the sweeper; whatever was paid is refunded.</summary>
    Abandoned,
}
