namespace FoodDelivery.Payments.Ports;

/// <summary>Issues payments' numbers, each once; some may never be used.</summary>
public interface IPaymentNumbers
{
    /// <summary>The next number.</summary>
    ValueTask<PaymentId> Next(CancellationToken cancellation);
}
