namespace FoodDelivery.Payments.Ports;

/// <summary>
/// The third party that moves the money. An order's number is its idempotency key: whatever is repeated, it charges a key once and refunds
/// it once. Every call ends within a deadline of the adapter's; a call that ends without a clear answer, by time-out or otherwise, is
/// rejected as <see cref="ErrorKind.Unavailable"/> and may or may not have had its effect, now or later.
/// </summary>
public interface IPaymentProvider
{
    /// <summary>
    /// Charges the order, or tells what became of its charge. Never <see cref="ChargeState.None"/>.
    /// A <see cref="ErrorKind.Conflict"/> if the key was used with another amount, or for another attempt: see <see cref="Charge.AnswerTo"/>.
    /// </summary>
    /// <param name="order">The order's number.</param>
    /// <param name="amount">The whole amount.</param>
    /// <param name="customerId">Whom to charge; may be empty.</param>
    /// <param name="attempt">The attempt that the provider's books shall name; may be empty.</param>
    /// <param name="cancellation">Gives up.</param>
    Task<Result<Charge>> Approve(OrderId order, Money amount, string customerId, string attempt, CancellationToken cancellation);

    /// <summary>Gives back what the order was charged, and tells the state after that: <see cref="ChargeState.None"/> if there was no charge.</summary>
    Task<Result<Charge>> Refund(OrderId order, CancellationToken cancellation);

    /// <summary>Tells what became of the order's charge. <see cref="ChargeState.None"/> is no promise that none arrives later.</summary>
    Task<Result<Charge>> Find(OrderId order, CancellationToken cancellation);
}

/// <summary>What a provider's books say of a key.</summary>
/// <param name="State">Whether money was taken or given back.</param>
/// <param name="Amount">How much was asked for.</param>
/// <param name="Reason">Why it was declined; empty otherwise.</param>
public sealed record Charge(ChargeState State, Money Amount, string Reason)
{
    /// <summary>The provider knows of no charge.</summary>
    public static readonly Charge None = new(ChargeState.None, Money.Zero, "");

    /// <summary>The attempt that it was made for; empty where the books do not say, as of all charges before attempts had ids.</summary>
    public string Attempt { get; init; } = "";

    /// <summary>What a request to charge this key with that amount for that attempt is told: this, or that it was used otherwise.</summary>
    public Result<Charge> AnswerTo(OrderId order, Money amount, string attempt) =>
        Attempts.Differ(Attempt, attempt) ? Attempts.OfAnother(order)
        : amount != Amount ? Error.Conflict("AMOUNT_DIFFERS", $"Order {order} was charged with another amount.") with
        {
            Field = "amountWon",
            Expected = Amount.Won.ToString(),
        }
        : this;
}

/// <summary>The states of a key in the provider's books.</summary>
public enum ChargeState
{
    /// <summary>The provider does not know the key.</summary>
    None,

    /// <summary>The money was taken.</summary>
    Approved,

    /// <summary>The provider refused, for good.</summary>
    Declined,

    /// <summary>The money was taken and given back.</summary>
    Refunded,
}
