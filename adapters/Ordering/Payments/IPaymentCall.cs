
namespace FoodDelivery.Adapters.Ordering.Payments;

/// <summary>One call of whoever takes the money, in its language.</summary>
internal interface IPaymentCall
{
    /// <summary>Pays as <see cref="FoodDelivery.Ordering.Ports.IPayments.Approve"/> says. An answer that is none, or none in time, is an exception that <see cref="PaymentFailure"/> knows.</summary>
    Task<Result<long>> Approve(OrderId order, Money amount, string customer, CancellationToken cancellation);
}
