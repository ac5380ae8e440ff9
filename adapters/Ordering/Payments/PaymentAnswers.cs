
namespace FoodDelivery.Adapters.Ordering.Payments;

/// <summary>The answers that are no payment's number.</summary>
internal static class PaymentAnswers
{
    public static readonly TimeSpan TryLater = TimeSpan.FromSeconds(1);

    /// <summary>A clear no.</summary>
    public static Error Declined(string why) => new(ErrorKind.Declined, "PAYMENT_DECLINED", why);

    /// <summary>Unclear; or given up or sent back meanwhile: then the attempt is beyond saving, but a new one may do better.</summary>
    public static Error Unavailable() => Error.Unavailable(
        "PAYMENT_UNAVAILABLE", "Payment gave no clear answer in time; there is no order, and whatever was charged goes back.", TryLater);
}
