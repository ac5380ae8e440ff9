namespace FoodDelivery.Stores;

/// <summary>Somebody who cooks.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">As its customers know it.</param>
/// <param name="Kind">Whether it delivers.</param>
/// <param name="CancellationRule">How long it gives way to a customer who cancels: its own setting.</param>
public sealed record Store(StoreId Id, string Name, StoreKind Kind, CancellationRule CancellationRule)
{
    /// <summary>Whether it brings the food to the customer.</summary>
    public bool Delivers => Kind == StoreKind.Restaurant;
}

/// <summary>What sort of store it is.</summary>
public enum StoreKind
{
    /// <summary>Cooks and delivers; customers may also pick up.</summary>
    Restaurant = 1,

    /// <summary>Customers pick up.</summary>
    Cafe = 2,
}

/// <summary>How long a store gives way to a customer who cancels.</summary>
public enum CancellationRule
{
    /// <summary>Until it has accepted the order.</summary>
    UntilAccepted = 1,

    /// <summary>Until the delivery has started, or the customer has picked the order up.</summary>
    UntilDeliveryStarted = 2,
}
