namespace FoodDelivery.Payments.Ports;

/// <summary>What is kept of a customer, to be forgotten.</summary>
public interface IErasures
{
    /// <summary>Overwrites why an order's payment was declined or refunded, where a person may have written it.</summary>
    Task EraseReason(OrderId order, CancellationToken cancellation);

    /// <summary>Removes the customer's card.</summary>
    Task RemoveCard(string customer, CancellationToken cancellation);
}
