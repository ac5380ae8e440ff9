using FoodDelivery.Payments.Ports;

namespace FoodDelivery.Payments;

/// <summary>Forgets what people wrote about payments, and customers' cards. Amounts, numbers and times stay: the law wants them.</summary>
public sealed class EraseTextsHandler(IErasures erasures)
{
    /// <summary>An order's customer is forgotten.</summary>
    public Task Handle(OrderId order, CancellationToken cancellation) => erasures.EraseReason(order, cancellation);

    /// <summary>A customer is forgotten: so is the card, whichever provider it was registered with.</summary>
    public Task Handle(string customer, CancellationToken cancellation) => erasures.RemoveCard(customer, cancellation);
}
